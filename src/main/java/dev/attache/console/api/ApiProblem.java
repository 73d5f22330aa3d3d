package dev.attache.console.api;

import java.util.Arrays;
import org.springframework.http.HttpStatus;

/**
 * The kinds of refusals of {@code /ops/api}. The title says how to mend the request; the detail says what was wrong.
 */
public enum ApiProblem {
    /** A field, a parameter or the body is not valid, missing or unknown. */
    BAD_REQUEST(HttpStatus.BAD_REQUEST, "Correct the request as the detail says"),
    /** Nobody is signed in, or name and password do not match. */
    SIGN_IN_REQUIRED(HttpStatus.UNAUTHORIZED, "Send the name and password of a user with HTTP Basic"),
    /** The user may read only. */
    OPERATOR_REQUIRED(HttpStatus.FORBIDDEN, "Use a user with the role operator"),
    /** A request of a browser from another site, or without its CSRF token. */
    FORGED(HttpStatus.FORBIDDEN, "Send the request with HTTP Basic and from no other site"),
    /** A setting turns the action off. */
    TURNED_OFF(HttpStatus.FORBIDDEN, "Turn the action on with the setting that the detail names"),
    /** There is no such address, queue, letter or task. */
    NOT_FOUND(HttpStatus.NOT_FOUND, "Use a name or id that exists, as the detail says"),
    /** The address has other methods. */
    METHOD_NOT_ALLOWED(HttpStatus.METHOD_NOT_ALLOWED, "Use a method of the header Allow"),
    /** The client accepts no JSON. */
    NOT_ACCEPTABLE(HttpStatus.NOT_ACCEPTABLE, "Accept application/json"),
    /** Another task has the queue. */
    TASK_RUNNING(HttpStatus.CONFLICT, "Wait until the task of the queue has ended, or cancel it"),
    /** The action needs a newer or an existing state. */
    CONFLICT(HttpStatus.CONFLICT, "Read the current state, and send the request again"),
    /** The queue has no snapshot. */
    SCAN_REQUIRED(HttpStatus.CONFLICT, "Start a scan of the queue, and send the request after it"),
    /** The body has another media type. */
    UNSUPPORTED_MEDIA_TYPE(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "Send a body of the type application/json"),
    /** Too many requests, or too many wrong passwords. */
    SLOW_DOWN(HttpStatus.TOO_MANY_REQUESTS, "Wait as long as the header Retry-After says"),
    /** The worker failed unexpectedly. */
    FAILED(HttpStatus.INTERNAL_SERVER_ERROR, "Read the worker's log for the cause"),
    /** AWS or the ledger does not answer, or the audit entry could not be written. */
    UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, "Send the request again later");

    private final HttpStatus status;

    private final String title;

    ApiProblem(HttpStatus status, String title) {
        this.status = status;
        this.title = title;
    }

    public HttpStatus status() {
        return status;
    }

    public String title() {
        return title;
    }

    /** The kind of a refusal of which only the status is known; the first with this status. */
    public static ApiProblem of(HttpStatus status) {
        return Arrays.stream(values())
                .filter(problem -> problem.status == status)
                .findFirst()
                .orElse(status.is5xxServerError() ? FAILED : BAD_REQUEST);
    }

    /** @param detail a sentence about this refusal, without addresses of people and secrets */
    public ProblemDocument document(String detail) {
        return new ProblemDocument(title, status.value(), detail, name());
    }
}
