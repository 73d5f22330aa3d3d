package dev.attache.delivery;

import dev.attache.contract.CloudEvent;
import dev.attache.contract.EventCodec;
import dev.attache.contract.EventType;
import dev.attache.contract.LinkIssued;
import dev.attache.contract.value.Channel;
import dev.attache.contract.value.Link;
import dev.attache.contract.value.Recipient;
import dev.attache.contract.value.RejectedException;
import dev.attache.contract.value.RejectionCode;
import dev.attache.delivery.mail.Delivery;
import dev.attache.source.SourcePolicies;
import java.util.List;
import org.springframework.messaging.Message;

/**
 * Reads the {@code link.issued} events of one channel, and checks that a mail can be sent for them.
 *
 * @param channel the channel of the queue
 */
record LinkIssuedReader(Channel channel, EventCodec codec, SourcePolicies policies) {

    /** @throws RejectedException if the message contains no valid event */
    CloudEvent<LinkIssued> event(Message<byte[]> message) {
        return codec.read(message.getPayload(), EventType.LINK_ISSUED);
    }

    /**
     * @throws RejectedException if the event is of another channel, has no recipient or no link for a mail, or if its
     *     source is not configured
     */
    Delivery delivery(CloudEvent<LinkIssued> event) {
        LinkIssued issued = event.data();
        if (issued.channel() != channel) {
            throw new RejectedException(
                    RejectionCode.CONTRACT_VIOLATION,
                    "link.issued for channel '%s' arrived in the queue of channel '%s'; check the subscription's filter policy"
                            .formatted(issued.channel().wireName(), channel.wireName()));
        }
        Recipient recipient = issued.recipient();
        if (recipient == null) {
            throw new RejectedException(
                    RejectionCode.CONTRACT_VIOLATION,
                    "link.issued for channel '%s' has no recipient".formatted(channel.wireName()));
        }
        List<Link> shown = LinkRenewal.shown(issued);
        if (shown.isEmpty() && issued.purpose() != LinkIssued.Purpose.RECEIPT) {
            throw new RejectedException(
                    RejectionCode.CONTRACT_VIOLATION, "link.issued has no link that a mail can show");
        }
        if (issued.page() != null && shown.getFirst().rel() != Link.Rel.DOWNLOAD_PAGE) {
            throw new RejectedException(
                    RejectionCode.CONTRACT_VIOLATION, "link.issued has a page, but no link to it (download-page)");
        }
        return new Delivery(event.id(), policies.require(event.source()), event.subject(), issued, recipient);
    }
}
