package dev.attache.gateway;

import org.springframework.http.HttpStatus;

/** The problems that any page can have. */
public enum CommonProblem implements PageProblem {

    /** No page has this address. */
    NOT_FOUND(HttpStatus.NOT_FOUND),
    /** The request is not valid HTTP, or not one that the pages send. */
    BAD_REQUEST(HttpStatus.BAD_REQUEST),
    /** The request did not arrive in time. */
    TOO_SLOW(HttpStatus.REQUEST_TIMEOUT),
    /** The client exceeded its request rate. */
    TOO_MANY_REQUESTS(HttpStatus.TOO_MANY_REQUESTS),
    /** Too many concurrent requests, or the ledger, S3 or the signing credentials are unavailable. */
    TRY_AGAIN(HttpStatus.SERVICE_UNAVAILABLE);

    private final HttpStatus status;

    CommonProblem(HttpStatus status) {
        this.status = status;
    }

    @Override
    public HttpStatus status() {
        return status;
    }
}
