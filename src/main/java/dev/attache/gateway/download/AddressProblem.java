package dev.attache.gateway.download;

import org.springframework.http.HttpStatus;

/** What is wrong with the address that a person typed to confirm it. */
enum AddressProblem {

    /** None was typed. */
    MISSING(HttpStatus.UNPROCESSABLE_CONTENT),
    /** It is not the recipient's. */
    WRONG(HttpStatus.UNPROCESSABLE_CONTENT),
    /** It was not compared, because too many were typed: only a link in another mail confirms it. */
    BY_MAIL(HttpStatus.UNPROCESSABLE_CONTENT),
    /** It was not compared, because many were typed shortly before. */
    SLOWED(HttpStatus.TOO_MANY_REQUESTS);

    private final HttpStatus status;

    AddressProblem(HttpStatus status) {
        this.status = status;
    }

    HttpStatus status() {
        return status;
    }
}
