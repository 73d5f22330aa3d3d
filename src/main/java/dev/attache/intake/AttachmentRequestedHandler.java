package dev.attache.intake;

import dev.attache.contract.AttachmentRequested;
import dev.attache.contract.CloudEvent;
import dev.attache.contract.EventCodec;
import dev.attache.contract.EventMessages;
import dev.attache.contract.value.RecipientList;
import dev.attache.contract.value.RejectedException;
import dev.attache.contract.value.RejectionCode;
import dev.attache.source.SenderIds;
import dev.attache.source.SourcePolicy;
import org.springframework.messaging.Message;

/**
 * Handles {@code attachment.requested}: publishes {@code link.issued} for each recipient. A request with a recipient
 * list is split into parts, which are sent to the queue {@code request-parts}.
 */
final class AttachmentRequestedHandler {

    private final RequestedLinks links;

    private final AudienceSplitter audiences;

    private final SenderIds workers;

    private final EventMessages outgoing;

    /** @param workers the sender ids of this worker */
    AttachmentRequestedHandler(EventCodec codec, RequestedLinks links, AudienceSplitter audiences, SenderIds workers) {
        this.links = links;
        this.audiences = audiences;
        this.workers = workers;
        this.outgoing = new EventMessages(codec);
    }

    /**
     * Returns the messages to publish. They can be iterated once.
     *
     * @param policy the policy of the event's source
     */
    Iterable<Message<byte[]>> handle(CloudEvent<AttachmentRequested> event, SourcePolicy policy) {
        RecipientList list = event.data().recipientList();
        if (list == null) {
            return links.issue(event, policy);
        }
        requireParts(policy);
        requireIssuable(event, policy);
        return RequestedLinks.once(audiences
                .parts(event, list, policy)
                .map(part -> outgoing.messageTo(EventMessages.REQUEST_PARTS, part.event(), part.body())));
    }

    /** Otherwise {@link AudiencePartHandler} would reject each part. */
    private void requireParts(SourcePolicy policy) {
        if (policy.senderPinned() && workers.named().isEmpty()) {
            throw new RejectedException(
                    RejectionCode.SOURCE_NOT_ALLOWED,
                    "Source " + policy.source()
                            + " is pinned to senders, and attache.audience.sender-ids is empty, so parts of a large"
                            + " audience cannot be accepted from this worker; set it to the worker's own role, or"
                            + " send the recipients in requests of up to 500");
        }
    }

    /** Rejects the request once if each of its parts would be rejected for the same reason. */
    private void requireIssuable(CloudEvent<AttachmentRequested> event, SourcePolicy policy) {
        AttachmentRequested request = event.data();
        if (request.upload() == null) {
            links.offer(event, policy);
        } else {
            policy.lifetime(request.expiresIn());
            policy.upload(request.upload());
        }
    }
}
