package dev.attache.storage;

/**
 * S3 refuses this worker access to all objects of a bucket, as far as is known. The requested object is not the cause;
 * a retry succeeds once the permission is back.
 */
public final class ObjectsRefusedException extends RuntimeException {

    public ObjectsRefusedException(String message, Throwable cause) {
        super(message, cause);
    }
}
