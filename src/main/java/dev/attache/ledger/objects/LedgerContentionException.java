package dev.attache.ledger.objects;

/** Other workers changed the same record at each attempt. Retryable. */
public final class LedgerContentionException extends RuntimeException {

    public LedgerContentionException(String message) {
        super(message);
    }
}
