package dev.attache.intake;

import dev.attache.contract.AttachmentRequested;
import dev.attache.contract.AudiencePart;
import dev.attache.contract.CloudEvent;
import dev.attache.contract.EventCodec;
import dev.attache.contract.EventType;
import dev.attache.contract.value.RejectedException;
import dev.attache.contract.value.RejectionCode;
import dev.attache.source.SenderIds;
import dev.attache.source.SourcePolicies;
import dev.attache.source.SourcePolicy;
import java.util.function.Function;
import org.springframework.messaging.Message;

/**
 * {@code attachment.requested.part} in, one {@code link.issued} for each recipient out, as if the part's recipients had
 * stood in the request itself. Parts come from this worker, which looked at who sent the request when it cut it; for a
 * source that is pinned to senders a part must show that it does come from this worker.
 */
final class AudiencePartHandler implements Function<Message<byte[]>, Iterable<Message<byte[]>>> {

    private final EventCodec codec;

    private final SourcePolicies policies;

    private final AttachmentRequestedHandler requests;

    private final SenderIds workers;

    /** @param workers the sender ids of this worker */
    AudiencePartHandler(
            EventCodec codec, SourcePolicies policies, AttachmentRequestedHandler requests, SenderIds workers) {
        this.codec = codec;
        this.policies = policies;
        this.requests = requests;
        this.workers = workers;
    }

    @Override
    public Iterable<Message<byte[]>> apply(Message<byte[]> message) {
        CloudEvent<AudiencePart> part = codec.read(message.getPayload(), EventType.AUDIENCE_PART);
        SourcePolicy policy = policies.require(part.source());
        if (policy.senderPinned() && !workers.include(InboundHeaders.senderId(message))) {
            throw new RejectedException(
                    RejectionCode.SOURCE_NOT_ALLOWED,
                    "Source " + policy.source()
                            + " is pinned to senders, and this part of a large audience comes from none that"
                            + " attache.audience.sender-ids names; it has to name the worker's own role");
        }
        return requests.issue(
                new CloudEvent<AttachmentRequested>(
                        part.data().requestId(),
                        part.source(),
                        EventType.ATTACHMENT_REQUESTED,
                        part.time(),
                        part.subject(),
                        part.traceparent(),
                        part.data().request()),
                policy);
    }
}
