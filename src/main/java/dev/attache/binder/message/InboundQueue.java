package dev.attache.binder.message;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.stream.provisioning.ConsumerDestination;

/**
 * The queue of an input.
 *
 * @param deadLetterUrl the URL of its dead-letter queue; null if it has none
 * @param maxReceiveCount how often a message may be received, by its redrive policy; {@link Integer#MAX_VALUE} without
 *     one
 * @param visibilityTimeout how long a received message stays invisible; requested with each receive
 * @param maximumMessageSize the largest message, in bytes
 */
public record InboundQueue(
        String name,
        String url,
        @Nullable String deadLetterUrl,
        int maxReceiveCount,
        Duration visibilityTimeout,
        long maximumMessageSize)
        implements ConsumerDestination {

    /** For a queue without {@code MaximumMessageSize}, as with some emulators: 256 KiB. */
    public static final long USUAL_MESSAGE_SIZE = 256 * 1024;

    @Override
    public String getName() {
        return name;
    }
}
