package dev.attache.delivery;

import dev.attache.delivery.relay.DeliveryUncertainException;
import dev.attache.delivery.relay.OutgoingMail;
import dev.attache.delivery.relay.Relay;
import dev.attache.ledger.Claims;
import dev.attache.ledger.Claims.Acceptance;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends each mail once. A mail is claimed before it is composed and marked as sent afterwards, so that neither a
 * redelivered event nor another worker with the same event sends it again.
 *
 * <p>A duplicate is possible if the worker stops after the relay accepted the mail and before that was recorded, or if
 * the relay's reply is lost. Both mails then have the same {@code Message-ID}, which is derived from the delivery's id,
 * so that a mailbox can recognize the duplicate. (Amazon SES replaces it, but keeps {@code X-Attache-Delivery-Id}.) No
 * order of claim, send and mark prevents this: SMTP cannot ask a relay what it has accepted (RFC 1047).
 */
final class MailDispatcher {

    private static final Logger log = LoggerFactory.getLogger(MailDispatcher.class);

    private final Claims claims;

    private final Sending sending;

    private final Clock clock;

    MailDispatcher(Claims claims, Relay relay, Clock clock) {
        this(
                claims,
                new Sending() {

                    @Override
                    public void withPermit(Runnable work) {
                        relay.withPermit(work);
                    }

                    @Override
                    public String send(String deliveryId, Supplier<OutgoingMail> mail) {
                        return relay.send(deliveryId, mail);
                    }
                },
                clock);
    }

    MailDispatcher(Claims claims, Sending sending, Clock clock) {
        this.claims = claims;
        this.sending = sending;
        this.clock = clock;
    }

    /** How mails are sent: by a {@link Relay}, whose methods have the same names, or, in dry runs, not at all. */
    interface Sending {

        void withPermit(Runnable work);

        /** Returns the reply of the relay. */
        String send(String deliveryId, Supplier<OutgoingMail> mail);
    }

    /** What became of a mail. */
    enum Result {
        /** It was sent now. */
        SENT,
        /** It was sent now, and an earlier attempt may have sent it as well. */
        SENT_PERHAPS_AGAIN,
        /** It was sent in an earlier attempt. */
        SENT_BEFORE
    }

    /**
     * Returns when the relay has accepted the mail, now or in an earlier attempt, and that is recorded.
     *
     * @param claim what is written with the claim on the mail
     * @param mail composes the mail; called only if it has to be sent
     * @throws dev.attache.contract.value.RejectedException {@code ID_REUSED}, if the id belongs to a mail with other
     *     content
     * @throws dev.attache.ledger.ClaimHeldException if another worker may be sending the mail; retryable
     * @throws RuntimeException the exceptions of {@code mail}, {@link Relay#withPermit} and {@link Relay#send}
     */
    Result send(MailClaim claim, Supplier<OutgoingMail> mail) {
        AtomicReference<Result> result = new AtomicReference<>(Result.SENT_BEFORE);
        sending.withPermit(() -> result.set(sendOnce(claim, mail)));
        return result.get();
    }

    private Result sendOnce(MailClaim wanted, Supplier<OutgoingMail> mail) {
        String deliveryId = wanted.key().deliveryId();
        Optional<Claims.Claim> taken = claims.take(wanted.key(), wanted.contentDigest(), wanted.page());
        if (taken.isEmpty()) {
            log.debug("Mail {} was sent before", deliveryId);
            return Result.SENT_BEFORE;
        }
        Claims.Claim claim = taken.get();
        Acceptance accepted;
        try {
            String reply = sending.send(deliveryId, mail);
            accepted = new Acceptance(clock.instant(), reply);
        } catch (DeliveryUncertainException e) {
            // The claim is kept until its lease ends: another attempt before then could send a duplicate.
            throw claim.takenOver() ? e : e.retryAfter(claim.lease());
        } catch (RuntimeException | Error e) {
            claim.release();
            throw e;
        }
        claim.sent(accepted);
        // Only the id: addresses are personal data, and links are secrets.
        log.debug("Mail {} sent", deliveryId);
        return claim.takenOver() ? Result.SENT_PERHAPS_AGAIN : Result.SENT;
    }
}
