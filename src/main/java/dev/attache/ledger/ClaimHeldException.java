package dev.attache.ledger;

import java.time.Duration;

/**
 * Another worker has claimed the same mail and may be sending it now. Transient, and to be classified so: another
 * attempt finds the mail sent, the claim given back, or its lease over.
 */
public final class ClaimHeldException extends RuntimeException {

    private final Duration left;

    ClaimHeldException(String deliveryId, Duration left) {
        super("Another worker holds the claim on mail %s, for at most %d s more"
                .formatted(deliveryId, left.toSeconds()));
        this.left = left;
    }

    /** After so long the claim can be taken over at the latest; an attempt before that may be in vain. */
    public Duration left() {
        return left;
    }
}
