package dev.attache.storage;

/**
 * S3 fails (5xx) on one object, while it answers for another of the same folder: S3 is up, and may answer for this one
 * later.
 */
public final class ObjectFailingException extends RuntimeException {

    public ObjectFailingException(String message, Throwable cause) {
        super(message, cause);
    }
}
