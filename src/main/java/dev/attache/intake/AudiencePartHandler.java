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
 * Receives {@code attachment.requested.part} and publishes {@code link.issued} for each recipient, as for a request
 * that names its recipients. The sender of the request was checked before the list was split. If the source is pinned
 * to senders, the part must come from this worker.
 */
final class AudiencePartHandler implements Function<Message<byte[]>, Iterable<Message<byte[]>>> {

    private final EventCodec codec;

    private final SourcePolicies policies;

    private final RequestedLinks links;

    private final SenderIds workers;

    /** @param workers the sender ids of this worker */
    AudiencePartHandler(EventCodec codec, SourcePolicies policies, RequestedLinks links, SenderIds workers) {
        this.codec = codec;
        this.policies = policies;
        this.links = links;
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
                            + " is pinned to senders, and the sender of this part of a large audience is not in"
                            + " attache.audience.sender-ids; add the worker's own role there");
        }
        return links.issue(
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
