package dev.attache.delivery;

import dev.attache.contract.CloudEvent;
import dev.attache.contract.EventCodec;
import dev.attache.contract.EventType;
import dev.attache.contract.LinkIssued;
import dev.attache.contract.value.Channel;
import dev.attache.contract.value.Recipient;
import dev.attache.contract.value.RejectedException;
import dev.attache.contract.value.RejectionCode;
import dev.attache.delivery.mail.Delivery;
import dev.attache.delivery.mail.MailComposer;
import dev.attache.delivery.mail.MailContentWriter;
import dev.attache.delivery.mail.MailLimits;
import dev.attache.delivery.relay.OutgoingMail;
import dev.attache.source.SourcePolicies;
import dev.attache.source.SourcePolicy;
import java.util.function.Consumer;
import org.springframework.messaging.Message;

/** Turns each {@code link.issued} of one channel into a mail. */
final class LinkIssuedHandler implements Consumer<Message<byte[]>> {

    private final Channel channel;
    private final EventCodec codec;
    private final SourcePolicies policies;
    private final MailLimits limits;
    private final LinkRenewal freshLinks;
    private final MailContentWriter writer;
    private final MailComposer composer;
    private final MailDispatcher dispatch;
    private final MailEvents events;

    LinkIssuedHandler(
            Channel channel,
            EventCodec codec,
            SourcePolicies policies,
            MailLimits limits,
            LinkRenewal freshLinks,
            MailContentWriter writer,
            MailComposer composer,
            MailDispatcher dispatch,
            MailEvents events) {
        this.channel = channel;
        this.codec = codec;
        this.policies = policies;
        this.limits = limits;
        this.freshLinks = freshLinks;
        this.writer = writer;
        this.composer = composer;
        this.dispatch = dispatch;
        this.events = events;
    }

    /** @throws RejectedException when this mail can never be sent; any other exception is worth another try */
    @Override
    public void accept(Message<byte[]> message) {
        CloudEvent<LinkIssued> event = codec.read(message.getPayload(), EventType.LINK_ISSUED);
        Delivery delivery = delivery(event);
        SourcePolicy source = delivery.source();
        String address = delivery.recipient().address();
        boolean[] counted = new boolean[1];
        boolean sentNow = false;
        try {
            sentNow = dispatch.send(event.id(), event.data().contentDigest(), () -> {
                // Only what is to be sent counts, and not what was sent before.
                limits.count(source, address);
                counted[0] = true;
                return mail(delivery);
            });
        } finally {
            if (counted[0] && !sentNow) {
                limits.uncount(source, address);
            }
        }
        if (source.mailSentEvents()) {
            events.sent(event, composer.messageId(delivery));
        }
    }

    private OutgoingMail mail(Delivery delivery) {
        Delivery fresh = freshLinks.in(delivery);
        return composer.compose(fresh, writer.write(fresh));
    }

    private Delivery delivery(CloudEvent<LinkIssued> event) {
        LinkIssued issued = event.data();
        if (issued.channel() != channel) {
            throw new RejectedException(
                    RejectionCode.CONTRACT_VIOLATION,
                    "link.issued for '%s' came to the queue of '%s'; look at the subscription's filter policy"
                            .formatted(issued.channel().wireName(), channel.wireName()));
        }
        Recipient recipient = issued.recipient();
        if (recipient == null) {
            throw new RejectedException(
                    RejectionCode.CONTRACT_VIOLATION,
                    "link.issued for the channel '%s' has no recipient".formatted(channel.wireName()));
        }
        return new Delivery(event.id(), policies.require(event.source()), event.subject(), issued, recipient);
    }
}
