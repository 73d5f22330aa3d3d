package dev.attache.storage;

/**
 * S3 refuses this worker all objects of a bucket, as far as can be told: nothing is wrong with the object that was
 * asked for, and whoever asks again when the permission is back gets it.
 */
public final class ObjectsRefusedException extends RuntimeException {

    public ObjectsRefusedException(String message, Throwable cause) {
        super(message, cause);
    }
}
