package dev.attache.ledger.keys;

/**
 * The keys of this installation exist, but cannot be read. No message is the cause, and an operator has to repair them;
 * the exception's message says how.
 */
public final class KeysUnusableException extends IllegalStateException {

    public KeysUnusableException(String message) {
        super(message);
    }
}
