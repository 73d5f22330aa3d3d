package dev.attache.console;

import org.springframework.http.HttpStatus;

/**
 * Why a request cannot be answered. A {@link ConsoleController} may throw it: a person gets a page, and a script a
 * problem (RFC 9457).
 */
public final class ConsoleProblem extends RuntimeException {

    private final HttpStatus status;

    private final String title;

    private final String detail;

    /**
     * @param title one sentence without a full stop that says what is wrong and, where it can, the fix
     * @param detail further sentences; may be empty
     */
    public ConsoleProblem(HttpStatus status, String title, String detail) {
        super(detail.isEmpty() ? title : title + ": " + detail);
        this.status = status;
        this.title = title;
        this.detail = detail;
    }

    public HttpStatus status() {
        return status;
    }

    public String title() {
        return title;
    }

    public String detail() {
        return detail;
    }
}
