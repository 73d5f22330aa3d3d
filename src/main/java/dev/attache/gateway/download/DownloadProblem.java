package dev.attache.gateway.download;

import dev.attache.gateway.PageProblem;
import org.springframework.http.HttpStatus;

/** Why a download page shows no files. Only the holder of a genuine token sees another one than the first. */
enum DownloadProblem implements PageProblem {

    /** No token of this worker. */
    UNKNOWN_DOWNLOAD(HttpStatus.NOT_FOUND),
    /** The mail is not claimed yet, or its claim was deleted long after the page had expired. */
    DOWNLOAD_NOT_YET(HttpStatus.NOT_FOUND),
    /** The page has expired. */
    DOWNLOAD_EXPIRED(HttpStatus.GONE),
    /** The page has expired, and its recipient may get a new link. */
    DOWNLOAD_RENEWABLE(HttpStatus.GONE),
    /** The sender has revoked the page. */
    DOWNLOAD_REVOKED(HttpStatus.GONE),
    /** Each file was downloaded as often as the sender allows. */
    DOWNLOAD_EXHAUSTED(HttpStatus.GONE),
    /** The sender has revoked one file. */
    FILE_REVOKED(HttpStatus.GONE),
    /** One file was downloaded as often as the sender allows. */
    FILE_EXHAUSTED(HttpStatus.GONE),
    /** The file was deleted. */
    FILE_GONE(HttpStatus.GONE),
    /** The file cannot be read before it is restored from an archive. */
    FILE_ARCHIVED(HttpStatus.CONFLICT),
    /** The file cannot be read by this worker. */
    FILE_DENIED(HttpStatus.CONFLICT),
    /** Another file has the same key now. */
    FILE_REPLACED(HttpStatus.GONE),
    /** A new link was asked for; the answer does not say whether one was sent. */
    RENEWAL_REQUESTED(HttpStatus.OK);

    private final HttpStatus status;

    DownloadProblem(HttpStatus status) {
        this.status = status;
    }

    @Override
    public HttpStatus status() {
        return status;
    }

    @Override
    public boolean isDone() {
        return this == RENEWAL_REQUESTED;
    }
}
