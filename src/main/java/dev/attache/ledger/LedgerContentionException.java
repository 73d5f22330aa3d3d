package dev.attache.ledger;

/** Others kept changing the same record at the same time. Worth another try. */
public final class LedgerContentionException extends RuntimeException {

    LedgerContentionException(String message) {
        super(message);
    }
}
