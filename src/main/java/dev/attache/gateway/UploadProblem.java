package dev.attache.gateway;

import org.springframework.http.HttpStatus;

/**
 * Why a file cannot be sent. The names stand as {@code code} in the answer (those of {@code RejectionCode} mean the
 * same here), and the texts as {@code problem.<name>} in the bundle.
 */
public enum UploadProblem {

    /** There is no such upload. */
    UNKNOWN_UPLOAD(HttpStatus.NOT_FOUND),
    /** A file has arrived already, and there is room for one. */
    ALREADY_ARRIVED(HttpStatus.CONFLICT),
    /** Another file than the one offered has arrived, and there is room for one. */
    OTHER_ARRIVED(HttpStatus.CONFLICT),
    /** Its time is over, or who asked for it may no longer ask. */
    LINK_EXPIRED(HttpStatus.GONE),
    /** The body is not the JSON object that was agreed. */
    MALFORMED(HttpStatus.BAD_REQUEST),
    /** The body is far larger than the description of a file. */
    REQUEST_TOO_LARGE(HttpStatus.CONTENT_TOO_LARGE),
    /** The body is not {@code application/json}. Forms of other sites cannot send that, which is what it is for. */
    JSON_REQUIRED(HttpStatus.UNSUPPORTED_MEDIA_TYPE),
    /** The file has no name, or an endless one. */
    NAME_INVALID(HttpStatus.UNPROCESSABLE_CONTENT),
    /** The file is empty. */
    EMPTY(HttpStatus.UNPROCESSABLE_CONTENT),
    /** The file is larger than was asked for. */
    TOO_LARGE(HttpStatus.UNPROCESSABLE_CONTENT),
    /** One exact size was asked for, and this is another. */
    WRONG_SIZE(HttpStatus.UNPROCESSABLE_CONTENT),
    /** Files of this type were not asked for. */
    CONTENT_TYPE_NOT_ALLOWED(HttpStatus.UNPROCESSABLE_CONTENT),
    /** This client sends more requests than people do. */
    TOO_MANY_REQUESTS(HttpStatus.TOO_MANY_REQUESTS),
    /** Too many requests at once, or the ledger, the files' storage or the credentials to sign with fail right now. */
    TRY_AGAIN(HttpStatus.SERVICE_UNAVAILABLE);

    private final HttpStatus status;

    UploadProblem(HttpStatus status) {
        this.status = status;
    }

    public HttpStatus status() {
        return status;
    }
}
