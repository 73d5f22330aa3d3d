package dev.attache.upload;

import dev.attache.contract.value.ObjectRef;

/**
 * An object has the key of an upload that is not in the ledger. Retryable, because the notification may arrive before
 * the upload is recorded.
 */
public final class UploadUnknownException extends RuntimeException {

    public UploadUnknownException(ObjectRef object) {
        super("The ledger has no upload for " + object + " (yet)");
    }
}
