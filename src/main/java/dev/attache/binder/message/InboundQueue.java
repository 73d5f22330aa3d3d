package dev.attache.binder.message;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.stream.provisioning.ConsumerDestination;

/**
 * A queue that is read.
 *
 * @param deadLetterUrl the URL of its dead-letter queue; absent where none is required
 * @param maxReceiveCount how often a message may be received, by its redrive policy; {@link Integer#MAX_VALUE} without
 *     one
 * @param visibilityTimeout how long a received message stays invisible; stated with each receive
 * @param maximumMessageSize how large a message may be, in bytes
 */
public record InboundQueue(
        String name,
        String url,
        @Nullable String deadLetterUrl,
        int maxReceiveCount,
        Duration visibilityTimeout,
        long maximumMessageSize)
        implements ConsumerDestination {

    /**
     * What a queue takes that does not say how much (Amazon SQS API Reference, "SetQueueAttributes"): 256 KiB, the most
     * for years.
     */
    public static final long USUAL_MESSAGE_SIZE = 256 * 1024;

    public InboundQueue(
            String name, String url, @Nullable String deadLetterUrl, int maxReceiveCount, Duration visibilityTimeout) {
        this(name, url, deadLetterUrl, maxReceiveCount, visibilityTimeout, USUAL_MESSAGE_SIZE);
    }

    @Override
    public String getName() {
        return name;
    }
}
