package dev.attache.binder.metrics;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/**
 * Measures the receives of an input, and how old its messages are.
 *
 * @param clock the time of receipt
 */
public record PollMeters(InputMeters input, CallMeters calls, Clock clock) {

    /**
     * A receive has ended.
     *
     * @param since when it began, as {@link System#nanoTime}
     * @param messages null if the receive failed
     */
    public void ended(long since, @Nullable Collection<Message> messages, @Nullable Throwable error) {
        calls.ended("receive", messages == null ? 0 : messages.size(), since, error);
        if (messages != null && !messages.isEmpty()) {
            Instant now = clock.instant();
            messages.forEach(message -> {
                String sent = message.attributes().get(MessageSystemAttributeName.SENT_TIMESTAMP);
                if (sent != null) {
                    input.received(Duration.between(Instant.ofEpochMilli(Long.parseLong(sent)), now));
                }
            });
        }
    }
}
