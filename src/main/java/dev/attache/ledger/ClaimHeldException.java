package dev.attache.ledger;

import java.time.Duration;

/**
 * Another worker has claimed the same mail and may be sending it now. Retryable: a later attempt finds the mail sent,
 * the claim released, or its lease expired.
 */
public final class ClaimHeldException extends RuntimeException {

    private final Duration left;

    ClaimHeldException(String deliveryId, Duration left) {
        super("Another worker holds the claim on mail %s, for at most %d s more"
                .formatted(deliveryId, left.toSeconds()));
        this.left = left;
    }

    /** The time until the claim's lease expires and the claim can be taken over. */
    public Duration left() {
        return left;
    }
}
