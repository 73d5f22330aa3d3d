package dev.attache.gateway.upload;

import dev.attache.gateway.PageProblem;
import org.springframework.http.HttpStatus;

/** Why a file cannot be uploaded. Names that are also in {@code RejectionCode} have the same meaning there. */
enum UploadProblem implements PageProblem {

    /** No upload has this page id. */
    UNKNOWN_UPLOAD(HttpStatus.NOT_FOUND),
    /** The file has arrived, or the upload has ended with all its files. */
    ALREADY_ARRIVED(HttpStatus.CONFLICT),
    /** Other files than the described one have arrived, as many as the upload accepts. */
    OTHER_ARRIVED(HttpStatus.CONFLICT),
    /** The upload has expired, its source is no longer configured, or too many of its files were refused. */
    LINK_EXPIRED(HttpStatus.GONE),
    /** The upload's source has revoked it. */
    UPLOAD_REVOKED(HttpStatus.GONE),
    /** The person has said that they have sent everything, so this file is not accepted. */
    UPLOAD_COMPLETED(HttpStatus.CONFLICT),
    /** The person has said that they cannot provide the file. */
    UPLOAD_DECLINED(HttpStatus.GONE),
    /** No object has the file's key yet. Retryable. */
    NOT_ARRIVED(HttpStatus.CONFLICT),
    /** The upload cannot be completed, because no file has arrived. */
    NOTHING_ARRIVED(HttpStatus.CONFLICT),
    /** The upload cannot be declined, because files have arrived. */
    FILES_ARRIVED(HttpStatus.CONFLICT),
    /** The stored parts of a multipart upload are not those of the file: the page starts again. */
    PARTS_CHANGED(HttpStatus.CONFLICT),
    /** The reason why the file cannot be provided is too long. */
    REASON_TOO_LONG(HttpStatus.UNPROCESSABLE_CONTENT),
    /** The body is not the expected JSON object. */
    MALFORMED(HttpStatus.BAD_REQUEST),
    /** The body is larger than any description of a file. */
    REQUEST_TOO_LARGE(HttpStatus.CONTENT_TOO_LARGE),
    /**
     * The body is not {@code application/json}. Forms on other sites cannot send JSON, so this stops forged requests.
     */
    JSON_REQUIRED(HttpStatus.UNSUPPORTED_MEDIA_TYPE),
    /** The file has no name, or its name is too long. */
    NAME_INVALID(HttpStatus.UNPROCESSABLE_CONTENT),
    /** The file is empty. */
    EMPTY(HttpStatus.UNPROCESSABLE_CONTENT),
    /** The file is larger than the request allows. */
    TOO_LARGE(HttpStatus.UNPROCESSABLE_CONTENT),
    /** The file's size is not the exact size that was requested. */
    WRONG_SIZE(HttpStatus.UNPROCESSABLE_CONTENT),
    /** The request does not allow this media type. */
    CONTENT_TYPE_NOT_ALLOWED(HttpStatus.UNPROCESSABLE_CONTENT);

    private final HttpStatus status;

    UploadProblem(HttpStatus status) {
        this.status = status;
    }

    @Override
    public HttpStatus status() {
        return status;
    }

    @Override
    public boolean isDone() {
        return this == ALREADY_ARRIVED || this == UPLOAD_DECLINED;
    }
}
