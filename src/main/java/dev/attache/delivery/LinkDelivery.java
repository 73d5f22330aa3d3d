package dev.attache.delivery;

import java.util.function.Consumer;

import dev.attache.contract.Channel;
import dev.attache.contract.CloudEvent;
import dev.attache.contract.EventCodec;
import dev.attache.contract.EventType;
import dev.attache.contract.LinkIssued;
import dev.attache.contract.Recipient;
import dev.attache.contract.RejectedException;
import dev.attache.contract.RejectionCode;
import dev.attache.link.SourcePolicies;
import jakarta.mail.internet.MimeMessage;
import org.springframework.messaging.Message;

/** Turns each {@code link.issued} of one channel into a mail. */
final class LinkDelivery implements Consumer<Message<byte[]>> {

    private final Channel channel;
    private final EventCodec codec;
    private final SourcePolicies policies;
    private final FreshLinks freshLinks;
    private final LetterWriter writer;
    private final MailComposer composer;
    private final Dispatch dispatch;

    LinkDelivery(Channel channel, EventCodec codec, SourcePolicies policies, FreshLinks freshLinks, LetterWriter writer,
            MailComposer composer, Dispatch dispatch) {
        this.channel = channel;
        this.codec = codec;
        this.policies = policies;
        this.freshLinks = freshLinks;
        this.writer = writer;
        this.composer = composer;
        this.dispatch = dispatch;
    }

    /** @throws RejectedException when this mail can never be sent; any other exception is worth another try */
    @Override
    public void accept(Message<byte[]> message) {
        CloudEvent<LinkIssued> event = codec.read(message.getPayload(), EventType.LINK_ISSUED);
        dispatch.send(event.id(), () -> mail(event));
    }

    private MimeMessage mail(CloudEvent<LinkIssued> event) {
        Delivery delivery = freshLinks.in(delivery(event));
        return composer.compose(delivery, writer.write(delivery));
    }

    private Delivery delivery(CloudEvent<LinkIssued> event) {
        LinkIssued issued = event.data();
        if (issued.channel() != channel) {
            throw new RejectedException(RejectionCode.CONTRACT_VIOLATION,
                    "link.issued for '%s' came to the queue of '%s'; look at the subscription's filter policy"
                            .formatted(issued.channel().wireName(), channel.wireName()));
        }
        Recipient recipient = issued.recipient();
        if (recipient == null) {
            throw new RejectedException(RejectionCode.CONTRACT_VIOLATION,
                    "link.issued for the channel '%s' has no recipient".formatted(channel.wireName()));
        }
        return new Delivery(event.id(), policies.require(event.source()), event.subject(), issued, recipient);
    }
}
