package dev.attache.binder;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.springframework.cloud.stream.provisioning.ConsumerDestination;

/**
 * A queue that is read.
 *
 * @param deadLetterUrl   the URL of its dead-letter queue; absent where none is required
 * @param maxReceiveCount how often a message may be received, by its redrive policy; {@link Integer#MAX_VALUE} without one
 * @param visibilityTimeout how long a received message stays invisible
 */
record InboundQueue(String name, String url, @Nullable String deadLetterUrl, int maxReceiveCount,
        Duration visibilityTimeout)
        implements ConsumerDestination {

    @Override
    public String getName() {
        return name;
    }
}
