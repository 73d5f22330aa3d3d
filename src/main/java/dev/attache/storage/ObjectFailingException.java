package dev.attache.storage;

/**
 * S3 fails (5xx) on one object, but answers for another one in the same top-level folder. S3 is available, and a retry
 * may succeed.
 */
public final class ObjectFailingException extends RuntimeException {

    public ObjectFailingException(String message, Throwable cause) {
        super(message, cause);
    }
}
