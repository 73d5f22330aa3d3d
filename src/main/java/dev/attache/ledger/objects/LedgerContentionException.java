package dev.attache.ledger.objects;

/** Others kept changing the same record at the same time. Worth another try. */
public final class LedgerContentionException extends RuntimeException {

    public LedgerContentionException(String message) {
        super(message);
    }
}
