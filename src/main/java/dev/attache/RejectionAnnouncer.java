package dev.attache;

import dev.attache.binder.failure.RejectedMessage;
import dev.attache.binder.failure.RejectionListener;
import dev.attache.contract.CloudEvent;
import dev.attache.contract.EventCause;
import dev.attache.contract.EventCodec;
import dev.attache.contract.EventCodec.Origin;
import dev.attache.contract.EventMessages;
import dev.attache.contract.EventType;
import dev.attache.contract.LinkIssued;
import dev.attache.contract.MailFailed;
import dev.attache.contract.RequestRejected;
import dev.attache.contract.value.RejectedException;
import dev.attache.contract.value.RejectionCode;
import dev.attache.delivery.relay.MailNotSentException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.stream.function.StreamBridge;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.MessageBuilder;

/**
 * Announces each rejected message on the topic {@code attachment-events}: as {@code mail.failed} if a mail relay did
 * not accept a mail, otherwise as {@code request.rejected}. A message whose sender may not use the source that it names
 * is announced like one that cannot be read: otherwise a sender could forge the rejection of another source's event,
 * with the id of the genuine rejection.
 */
class RejectionAnnouncer implements RejectionListener {

    private static final String OUTPUT = "attachmentEvents";

    /** The source of events about messages without a readable source. */
    private static final String UNKNOWN_SOURCE = "attache";

    private final EventCodec codec;

    private final BiPredicate<String, Message<byte[]>> bridge;

    private final ClaimedSources sources;

    private final Clock clock;

    RejectionAnnouncer(EventCodec codec, StreamBridge bridge, ClaimedSources sources, Clock clock) {
        this(codec, (binding, message) -> bridge.send(binding, message), sources, clock);
    }

    /** @param bridge sends a message to a binding, and returns whether it was sent */
    RejectionAnnouncer(
            EventCodec codec, BiPredicate<String, Message<byte[]>> bridge, ClaimedSources sources, Clock clock) {
        this.codec = codec;
        this.bridge = bridge;
        this.sources = sources;
        this.clock = clock;
    }

    @Override
    public void rejected(RejectedMessage message) {
        Optional<MailNotSentException> mailNotSent = cause(message.error(), MailNotSentException.class);
        if (mailNotSent.isPresent()) {
            publish(mailFailed(message, mailNotSent.get()));
        } else {
            publish(requestRejected(message));
        }
    }

    private CloudEvent<RequestRejected> requestRejected(RejectedMessage message) {
        Origin readable = readableOrigin(codec, sources, message).orElse(null);
        RequestRejected rejected = new RequestRejected(
                RejectionCode.valueOf(message.failure().code()),
                message.failure().reason(),
                readable == null ? null : readable.requestId(),
                readable == null ? null : readable.source(),
                message.queue(),
                message.messageId());
        return causeOf(readable, message.queue(), message.messageId())
                .follow(EventType.REQUEST_REJECTED, clock.instant(), rejected, distinctions(message));
    }

    /** The origin of the rejected message; empty if it cannot be read, or if its sender may not name the source. */
    static Optional<Origin> readableOrigin(EventCodec codec, ClaimedSources sources, RejectedMessage message) {
        return codec.originOf(message.body().getBytes(StandardCharsets.UTF_8))
                .filter(origin -> sources.mayName(origin.source(), message));
    }

    /** What {@code request.rejected} follows. */
    static EventCause causeOf(@Nullable Origin readable, String queue, String messageId) {
        return readable == null
                ? new EventCause(UNKNOWN_SOURCE, queue + "/" + messageId)
                : new EventCause(readable.source(), readable.id());
    }

    /** One rejection for each event and queue; for a reused event id, one for each content. */
    private static String[] distinctions(RejectedMessage message) {
        return Stream.concat(
                        Stream.of(message.queue()),
                        cause(message.error(), RejectedException.class)
                                .flatMap(RejectedException::contentDigest)
                                .stream())
                .toArray(String[]::new);
    }

    /** The event for a mail that the relay did not accept. The reply is a separate field, not a part of the detail. */
    private CloudEvent<MailFailed> mailFailed(RejectedMessage message, MailNotSentException failure) {
        CloudEvent<LinkIssued> issued =
                codec.read(message.body().getBytes(StandardCharsets.UTF_8), EventType.LINK_ISSUED);
        LinkIssued data = issued.data();
        MailFailed failed = new MailFailed(
                RejectionCode.valueOf(message.failure().code()),
                message.failure().reason(),
                failure.reply(),
                data.requestId(),
                issued.id(),
                data.channel(),
                Objects.requireNonNull(data.recipient()),
                message.queue(),
                message.messageId(),
                message.attempts());
        return EventCause.of(issued)
                .withoutTrace()
                .follow(EventType.MAIL_FAILED, clock.instant(), failed, message.queue());
    }

    private static <T extends Throwable> Optional<T> cause(Throwable error, Class<T> type) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return Optional.of(type.cast(cause));
            }
        }
        return Optional.empty();
    }

    private void publish(CloudEvent<?> event) {
        boolean sent = bridge.test(
                OUTPUT,
                MessageBuilder.withPayload(codec.write(event))
                        .setHeader("type", event.type().name())
                        .setHeader("source", event.source())
                        .setHeader(
                                EventMessages.MEASURED,
                                event.data() instanceof RequestRejected rejected
                                        ? new EventMessages.Measured.Rejected(rejected.code())
                                        : null)
                        .build());
        if (!sent) {
            throw new IllegalStateException(event.type().name() + " could not be sent to " + OUTPUT);
        }
    }
}
