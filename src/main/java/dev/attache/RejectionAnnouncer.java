package dev.attache;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.function.BiPredicate;

import dev.attache.binder.DeadLetter;
import dev.attache.binder.RejectionListener;
import dev.attache.contract.CloudEvent;
import dev.attache.contract.EventCodec;
import dev.attache.contract.EventCodec.Origin;
import dev.attache.contract.EventIds;
import dev.attache.contract.EventType;
import dev.attache.contract.RejectionCode;
import dev.attache.contract.RequestRejected;
import org.springframework.cloud.stream.function.StreamBridge;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.MessageBuilder;

/** Tells upstream of each dead letter, with {@code request.rejected} on the topic {@code attachment-events}. */
class RejectionAnnouncer implements RejectionListener {

    private static final String OUTPUT = "attachmentEvents";

    /** The source of what has no readable one of its own. */
    private static final String UNKNOWN_SOURCE = "attache";

    /** The contract's limit. */
    private static final int LONGEST_DETAIL = 4000;

    private final EventCodec codec;

    private final BiPredicate<String, Message<byte[]>> bridge;

    private final Clock clock;

    RejectionAnnouncer(EventCodec codec, StreamBridge bridge, Clock clock) {
        this(codec, (binding, message) -> bridge.send(binding, message), clock);
    }

    /** @param bridge sends a message to a binding, and says whether it was sent */
    RejectionAnnouncer(EventCodec codec, BiPredicate<String, Message<byte[]>> bridge, Clock clock) {
        this.codec = codec;
        this.bridge = bridge;
        this.clock = clock;
    }

    @Override
    public void rejected(DeadLetter letter) {
        Origin readable = codec.originOf(letter.body().getBytes(StandardCharsets.UTF_8)).orElse(null);
        String ownId = letter.queue() + "/" + letter.messageId();
        Origin origin = readable == null ? new Origin(UNKNOWN_SOURCE, ownId, ownId) : readable;
        CloudEvent<RequestRejected> event = new CloudEvent<>(
                EventIds.derive(origin.source(), origin.id(), EventType.REQUEST_REJECTED.name(), letter.queue()).toString(),
                origin.source(), EventType.REQUEST_REJECTED, clock.instant(), null, null,
                new RequestRejected(RejectionCode.valueOf(letter.failure().code()), shortened(letter.failure().reason()),
                        readable == null ? null : readable.requestId(), readable == null ? null : readable.source(),
                        letter.queue(), letter.messageId()));
        boolean sent = bridge.test(OUTPUT, MessageBuilder.withPayload(codec.write(event))
                .setHeader("type", event.type().name())
                .setHeader("source", event.source())
                .build());
        if (!sent) {
            throw new IllegalStateException("request.rejected could not be sent to " + OUTPUT);
        }
    }

    /** A reason may quote what came from outside, and must not keep upstream from hearing of it. */
    private static String shortened(String reason) {
        return reason.length() <= LONGEST_DETAIL ? reason : reason.substring(0, LONGEST_DETAIL - 1) + "…";
    }
}
