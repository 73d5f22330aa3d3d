package dev.attache.ledger.keys;

/**
 * The keys of this installation are there, but cannot be read: somebody has to mend them, and no message is to blame.
 * The text says how.
 */
public final class KeysUnusableException extends IllegalStateException {

    public KeysUnusableException(String message) {
        super(message);
    }
}
