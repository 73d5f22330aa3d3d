package dev.attache.delivery;

import dev.attache.contract.CloudEvent;
import dev.attache.contract.EventCause;
import dev.attache.contract.EventCodec;
import dev.attache.contract.EventType;
import dev.attache.contract.LinkIssued;
import dev.attache.contract.MailSent;
import java.time.Clock;
import java.util.Objects;
import java.util.function.BiPredicate;
import org.springframework.messaging.support.MessageBuilder;

/** Publishes {@code mail.sent} on the topic {@code attachment-events}. */
final class PublishedMailEvents implements MailEvents {

    private static final String OUTPUT = "attachmentEvents";

    private final EventCodec codec;

    private final BiPredicate<String, Object> output;

    private final Clock clock;

    /** @param output sends a message to a binding, and returns whether it was sent */
    PublishedMailEvents(EventCodec codec, BiPredicate<String, Object> output, Clock clock) {
        this.codec = codec;
        this.output = output;
        this.clock = clock;
    }

    @Override
    public void sent(CloudEvent<LinkIssued> issued, String mailMessageId) {
        LinkIssued data = issued.data();
        MailSent mailSent = new MailSent(
                data.requestId(),
                issued.id(),
                data.channel(),
                Objects.requireNonNull(data.recipient()),
                clock.instant(),
                mailMessageId);
        CloudEvent<MailSent> event =
                EventCause.of(issued).withoutTrace().follow(EventType.MAIL_SENT, clock.instant(), mailSent);
        boolean sent = output.test(
                OUTPUT,
                MessageBuilder.withPayload(codec.write(event))
                        .setHeader("type", event.type().name())
                        .setHeader("source", event.source())
                        .build());
        if (!sent) {
            throw new IllegalStateException("mail.sent could not be sent to " + OUTPUT);
        }
    }
}
