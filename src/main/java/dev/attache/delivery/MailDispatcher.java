package dev.attache.delivery;

import dev.attache.delivery.relay.DeliveryUncertainException;
import dev.attache.delivery.relay.OutgoingMail;
import dev.attache.delivery.relay.Relay;
import dev.attache.ledger.Claims;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one way out: every mail is claimed before it is made and marked after it was sent, so that neither a redelivered
 * event nor another worker with the same event sends it again.
 *
 * <p>One window is left: the relay has accepted the mail, and the mark is not written yet. When the worker dies in
 * there, or the relay's answer is lost on its way to us, the next attempt sends the mail a second time. Both then carry
 * the same {@code Message-ID}, which is made of the delivery's id alone, so that a mailbox can tell the duplicate
 * (Amazon SES puts its own in its place; there {@code X-Attache-Delivery-Id} stays the same). No order of claim, send
 * and mark closes this window: SMTP has no way to ask a relay what it has accepted (RFC 1047).
 */
final class MailDispatcher {

    private static final Logger log = LoggerFactory.getLogger(MailDispatcher.class);

    private final Claims claims;

    private final Relay relay;

    MailDispatcher(Claims claims, Relay relay) {
        this.claims = claims;
        this.relay = relay;
    }

    /**
     * Returns when the relay has taken the mail, now or at an earlier attempt, and that is written down.
     *
     * @param contentDigest what the mail says; null where that is not known
     * @param mail made only when it is to be sent: links are signed and templates filled in for nobody else
     * @return whether it was sent now
     * @throws dev.attache.contract.value.RejectedException {@code ID_REUSED}, when the id's mail is, or may be, one
     *     that says something else
     * @throws dev.attache.ledger.ClaimHeldException when another worker may be sending it now: worth another try
     * @throws RuntimeException as {@code mail}, {@link Relay#withPermit} and {@link Relay#send} do
     */
    boolean send(String deliveryId, @Nullable String contentDigest, Supplier<OutgoingMail> mail) {
        boolean[] sentNow = new boolean[1];
        relay.withPermit(() -> sentNow[0] = sendOnce(deliveryId, contentDigest, mail));
        return sentNow[0];
    }

    private boolean sendOnce(String deliveryId, @Nullable String contentDigest, Supplier<OutgoingMail> mail) {
        Optional<Claims.Claim> taken = claims.take(deliveryId, contentDigest);
        if (taken.isEmpty()) {
            log.debug("Mail {} was sent before", deliveryId);
            return false;
        }
        Claims.Claim claim = taken.get();
        try {
            relay.send(deliveryId, mail);
        } catch (DeliveryUncertainException e) {
            // The claim stays until its lease ends: whoever tries again before could only send a duplicate.
            throw claim.takenOver() ? e : e.retryAfter(claim.lease());
        } catch (RuntimeException | Error e) {
            claim.giveBack();
            throw e;
        }
        claim.sent();
        // The id and no more: addresses are personal, and links are secrets.
        log.debug("Mail {} sent", deliveryId);
        return true;
    }
}
