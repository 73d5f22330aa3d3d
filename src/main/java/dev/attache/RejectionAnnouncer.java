package dev.attache;

import dev.attache.binder.failure.DeadLetter;
import dev.attache.binder.failure.RejectionListener;
import dev.attache.contract.CloudEvent;
import dev.attache.contract.EventCause;
import dev.attache.contract.EventCodec;
import dev.attache.contract.EventCodec.Origin;
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
import org.springframework.cloud.stream.function.StreamBridge;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.MessageBuilder;

/**
 * Publishes each dead letter on the topic {@code attachment-events}: as {@code mail.failed} when a mail relay did not
 * take a mail, and otherwise as {@code request.rejected}. A message whose sender may not speak for the source that it
 * names is told of as one that cannot be read: otherwise anybody could reject another's event, with the id that its own
 * rejection would have.
 */
class RejectionAnnouncer implements RejectionListener {

    private static final String OUTPUT = "attachmentEvents";

    /** The source of what has no readable one of its own. */
    private static final String UNKNOWN_SOURCE = "attache";

    /** The contract's limit. */
    private static final int LONGEST_DETAIL = 4000;

    private final EventCodec codec;

    private final BiPredicate<String, Message<byte[]>> bridge;

    private final ClaimedSources sources;

    private final Clock clock;

    RejectionAnnouncer(EventCodec codec, StreamBridge bridge, ClaimedSources sources, Clock clock) {
        this(codec, (binding, message) -> bridge.send(binding, message), sources, clock);
    }

    /** @param bridge sends a message to a binding, and says whether it was sent */
    RejectionAnnouncer(
            EventCodec codec, BiPredicate<String, Message<byte[]>> bridge, ClaimedSources sources, Clock clock) {
        this.codec = codec;
        this.bridge = bridge;
        this.sources = sources;
        this.clock = clock;
    }

    @Override
    public void rejected(DeadLetter letter) {
        Optional<MailNotSentException> ofRelay = cause(letter.error(), MailNotSentException.class);
        if (ofRelay.isPresent()) {
            publish(mailFailed(letter, ofRelay.get()));
        } else {
            publish(requestRejected(letter));
        }
    }

    private CloudEvent<RequestRejected> requestRejected(DeadLetter letter) {
        Origin readable = codec.originOf(letter.body().getBytes(StandardCharsets.UTF_8))
                .filter(origin -> sources.mayName(origin.source(), letter))
                .orElse(null);
        String ownId = letter.queue() + "/" + letter.messageId();
        Origin origin = readable == null ? new Origin(UNKNOWN_SOURCE, ownId, ownId) : readable;
        RequestRejected rejected = new RequestRejected(
                RejectionCode.valueOf(letter.failure().code()),
                shortened(letter.failure().reason()),
                readable == null ? null : readable.requestId(),
                readable == null ? null : readable.source(),
                letter.queue(),
                letter.messageId());
        return new EventCause(origin.source(), origin.id())
                .follow(EventType.REQUEST_REJECTED, clock.instant(), rejected, distinctions(letter));
    }

    /** One rejection for each event and queue; of an id that is used again, one for each content. */
    private static String[] distinctions(DeadLetter letter) {
        return Stream.concat(
                        Stream.of(letter.queue()),
                        cause(letter.error(), RejectedException.class)
                                .flatMap(RejectedException::contentDigest)
                                .stream())
                .toArray(String[]::new);
    }

    /** Of what a relay did not take. Its words are the event's reply, and no part of the detail. */
    private CloudEvent<MailFailed> mailFailed(DeadLetter letter, MailNotSentException failure) {
        CloudEvent<LinkIssued> issued =
                codec.read(letter.body().getBytes(StandardCharsets.UTF_8), EventType.LINK_ISSUED);
        LinkIssued data = issued.data();
        MailFailed failed = new MailFailed(
                RejectionCode.valueOf(letter.failure().code()),
                letter.failure().reason(),
                failure.reply(),
                data.requestId(),
                issued.id(),
                data.channel(),
                Objects.requireNonNull(data.recipient()),
                letter.queue(),
                letter.messageId(),
                letter.attempts());
        return EventCause.of(issued)
                .withoutTrace()
                .follow(EventType.MAIL_FAILED, clock.instant(), failed, letter.queue());
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
                        .build());
        if (!sent) {
            throw new IllegalStateException(event.type().name() + " could not be sent to " + OUTPUT);
        }
    }

    /** A reason may quote what came from outside, and must not keep upstream from hearing of it. */
    private static String shortened(String reason) {
        return reason.length() <= LONGEST_DETAIL ? reason : reason.substring(0, LONGEST_DETAIL - 1) + "…";
    }
}
