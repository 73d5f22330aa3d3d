package dev.attache.intake;

import dev.attache.contract.ObjectRef;

/**
 * An object has the key of an upload that the ledger does not know. The notification may have overtaken the record, so this
 * is worth another try.
 */
public final class UploadUnknownException extends RuntimeException {

    UploadUnknownException(ObjectRef object) {
        super("The ledger knows no upload for " + object + " (yet)");
    }
}
