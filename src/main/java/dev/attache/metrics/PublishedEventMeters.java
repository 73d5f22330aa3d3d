package dev.attache.metrics;

import dev.attache.contract.EventMessages;
import dev.attache.contract.EventMessages.Measured;
import dev.attache.contract.LinkIssued.Purpose;
import dev.attache.contract.value.Channel;
import dev.attache.contract.value.RejectionCode;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageChannel;
import org.springframework.messaging.support.ChannelInterceptor;

/**
 * Counts the events that are sent to the outputs. An event that is published again, because its message was received
 * again, is counted again. The values of all tags are constants of the worker.
 */
final class PublishedEventMeters implements ChannelInterceptor {

    private final MeterRegistry meters;

    private final Timer arrival;

    /** Creates all meters, so that they are zero before the first event. */
    PublishedEventMeters(MeterRegistry meters) {
        this.meters = meters;
        for (Purpose purpose : Purpose.values()) {
            for (Channel channel : Channel.values()) {
                issued(purpose, channel);
            }
        }
        for (RejectionCode code : RejectionCode.values()) {
            rejected(code);
        }
        this.arrival = Timer.builder("attache.uploads.arrival")
                .description("From the request for a file to its arrival")
                .serviceLevelObjectives(Duration.ofMinutes(10), Duration.ofHours(1), Duration.ofDays(1))
                .register(meters);
    }

    @Override
    public void postSend(Message<?> message, MessageChannel channel, boolean sent) {
        switch (message.getHeaders().get(EventMessages.MEASURED)) {
            case Measured.Issued(Purpose purpose, Channel to) ->
                issued(purpose, to).increment();
            case Measured.Rejected(RejectionCode code) -> rejected(code).increment();
            case Measured.Arrived(Duration after) -> arrival.record(after);
            case null, default -> {}
        }
    }

    private Counter issued(Purpose purpose, Channel channel) {
        return Counter.builder("attache.links.issued")
                .description("Published events link.issued")
                .tag("kind", tag(purpose))
                .tag("channel", channel.wireName())
                .register(meters);
    }

    private Counter rejected(RejectionCode code) {
        return Counter.builder("attache.requests.rejected")
                .description("Published events request.rejected")
                .tag("code", code.name())
                .register(meters);
    }

    private static String tag(Purpose purpose) {
        return purpose.name().toLowerCase(Locale.ROOT);
    }
}
