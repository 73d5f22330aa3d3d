package dev.attache.binder.failure;

import java.time.Duration;

/**
 * How far a message has come when an attempt to handle it has failed.
 *
 * @param receiveCount how often it has been received, this time included
 * @param maxReceiveCount how often it may be received
 * @param failedInPlace attempts that failed since it was received this time, the last one included
 * @param heldFor how long it has been in flight
 * @param jitter a random number from 0 to 1, exclusive, for pauses
 */
public record Attempt(int receiveCount, int maxReceiveCount, int failedInPlace, Duration heldFor, double jitter) {

    /** Whether SQS itself would move it to the dead-letter queue, without a reason, if it were released. */
    boolean isLastReceive() {
        return receiveCount >= maxReceiveCount;
    }
}
