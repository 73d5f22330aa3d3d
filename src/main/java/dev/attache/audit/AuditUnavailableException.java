package dev.attache.audit;

/** The audit could not be written or read. What should have been recorded must not be done. */
public final class AuditUnavailableException extends RuntimeException {

    public AuditUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
