package dev.attache.upload;

import dev.attache.contract.value.ObjectRef;

/**
 * An object has the key of an upload that the ledger does not know. The notification may have overtaken the record, so
 * this is worth another try.
 */
public final class UploadUnknownException extends RuntimeException {

    public UploadUnknownException(ObjectRef object) {
        super("The ledger knows no upload for " + object + " (yet)");
    }
}
