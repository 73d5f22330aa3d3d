package dev.attache.binder.failure;

import java.time.Duration;

/**
 * A failed attempt to handle a message.
 *
 * @param receiveCount how often the message has been received, this time included
 * @param maxReceiveCount how often it may be received, by the redrive policy of its queue
 * @param failedInPlace the attempts that failed since this receive, the last one included
 * @param inFlightFor how long the message has been in flight
 * @param jitter a random number from 0 to 1, exclusive, for pauses
 */
public record Attempt(int receiveCount, int maxReceiveCount, int failedInPlace, Duration inFlightFor, double jitter) {

    /** Whether SQS would move the message to the dead-letter queue, without a reason, after a release. */
    boolean isLastReceive() {
        return receiveCount >= maxReceiveCount;
    }
}
