package dev.attache.delivery;

import dev.attache.contract.CloudEvent;
import dev.attache.contract.LinkIssued;
import dev.attache.contract.value.RejectedException;
import dev.attache.contract.value.RejectionCode;
import dev.attache.delivery.mail.Delivery;
import dev.attache.delivery.mail.MailComposer;
import dev.attache.delivery.mail.MailContentWriter;
import dev.attache.delivery.mail.MailLimits;
import dev.attache.delivery.relay.DeliveryUncertainException;
import dev.attache.delivery.relay.OutgoingMail;
import dev.attache.ledger.downloads.DeliveryHashes;
import dev.attache.ledger.downloads.DeliveryKey;
import dev.attache.ledger.downloads.DueDownloads;
import dev.attache.ledger.downloads.ObjectIndex;
import dev.attache.source.SourcePolicy;
import java.util.function.Consumer;
import org.springframework.messaging.Message;

/**
 * Sends a mail for each {@code link.issued} event of one channel. All checks that have no side effects precede the
 * mail's claim.
 */
final class LinkIssuedHandler implements Consumer<Message<byte[]>> {

    private final LinkIssuedReader reader;
    private final MailLimits limits;
    private final LinkRenewal renewal;
    private final MailContentWriter writer;
    private final MailComposer composer;
    private final DeliveryHashes hashes;
    private final MailDispatcher dispatcher;
    private final DueDownloads due;

    private final ObjectIndex index;
    private final MailEvents events;
    private final LateReminders lateReminders;
    private final MailMeters meters;

    LinkIssuedHandler(
            LinkIssuedReader reader,
            MailLimits limits,
            LinkRenewal renewal,
            MailContentWriter writer,
            MailComposer composer,
            DeliveryHashes hashes,
            MailDispatcher dispatcher,
            DueDownloads due,
            ObjectIndex index,
            MailEvents events,
            LateReminders lateReminders,
            MailMeters meters) {
        this.reader = reader;
        this.limits = limits;
        this.renewal = renewal;
        this.writer = writer;
        this.composer = composer;
        this.hashes = hashes;
        this.dispatcher = dispatcher;
        this.due = due;
        this.index = index;
        this.events = events;
        this.lateReminders = lateReminders;
        this.meters = meters;
    }

    /** What became of the mail of an event. */
    enum Outcome {
        SENT,
        /** It was sent, and an earlier attempt may have sent it as well. */
        SENT_PERHAPS_AGAIN,
        SENT_BEFORE,
        /** It is a reminder, and its page has expired: it is not sent. */
        LATE_REMINDER
    }

    /**
     * A reminder whose page has expired is not sent.
     *
     * @throws RejectedException if this mail can never be sent. {@code AttacheFailureRule} decides which other
     *     exceptions are retryable
     */
    @Override
    public void accept(Message<byte[]> message) {
        try {
            CloudEvent<LinkIssued> event = reader.event(message);
            meters.ended(reader.channel(), event, handle(event));
        } catch (RuntimeException e) {
            meters.failed(reader.channel(), e);
            throw e;
        }
    }

    /** As {@link #accept}, without counting it. */
    Outcome handle(Message<byte[]> message) {
        return handle(reader.event(message));
    }

    private Outcome handle(CloudEvent<LinkIssued> event) {
        Delivery delivery = reader.delivery(event);
        composer.check(delivery);
        MailClaim claim = MailClaim.of(event, delivery.recipient(), hashes);
        SourcePolicy source = delivery.source();
        String address = delivery.recipient().address();
        boolean[] counted = new boolean[1];
        MailDispatcher.Result result = MailDispatcher.Result.SENT_BEFORE;
        try {
            result = dispatcher.send(claim, () -> {
                // Counted only if the mail has to be sent, not if it was sent before.
                limits.count(source, address);
                counted[0] = true;
                return mail(delivery);
            });
        } catch (DeliveryUncertainException e) {
            // The recipient may hold the mail, and so may use its page.
            scheduleDespite(e, claim);
            throw e;
        } catch (RejectedException e) {
            if (e.code() != RejectionCode.LINK_EXPIRED || event.data().purpose() != LinkIssued.Purpose.REMINDER) {
                throw e;
            }
            lateReminders.add(event.id());
            return Outcome.LATE_REMINDER;
        } finally {
            if (counted[0] && result == MailDispatcher.Result.SENT_BEFORE) {
                limits.uncount(source, address);
            }
        }
        schedule(claim);
        if (source.mailSentEvents()) {
            events.sent(event, composer.messageId(delivery));
        }
        return switch (result) {
            case SENT -> Outcome.SENT;
            case SENT_PERHAPS_AGAIN -> Outcome.SENT_PERHAPS_AGAIN;
            case SENT_BEFORE -> Outcome.SENT_BEFORE;
        };
    }

    /** Also if the mail was sent before: the worker may have stopped between the two. */
    private void schedule(MailClaim claim) {
        DeliveryKey key = claim.key().delivery();
        if (key != null && claim.page() != null) {
            due.schedule(key, claim.page());
            index.add(key, claim.page());
        }
    }

    private void scheduleDespite(DeliveryUncertainException uncertain, MailClaim claim) {
        try {
            schedule(claim);
        } catch (RuntimeException e) {
            uncertain.addSuppressed(e);
        }
    }

    private OutgoingMail mail(Delivery delivery) {
        Delivery renewed = renewal.renew(delivery);
        return composer.compose(renewed, writer.write(renewed));
    }
}
