package dev.attache.delivery;

import java.util.Optional;
import java.util.function.Supplier;

import dev.attache.ledger.Claims;
import jakarta.mail.internet.MimeMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one way out: every mail passes here on its way to the relay. It is claimed before it is made and marked after it was
 * sent, so that neither a redelivered event nor a twin in the hands of another worker sends it again.
 *
 * <p>One window is left: the relay has accepted the mail, and the mark is not written yet. When the worker dies in there,
 * or the relay's answer is lost on its way to us, the next attempt sends the mail a second time. Both then carry the same
 * {@code Message-ID}, which is made of the delivery's id alone, so that a mailbox can tell the twin (Amazon SES puts its
 * own in its place; there {@code X-Attache-Delivery-Id} stays the same). No order of claim, send and mark closes this
 * window: SMTP has no way to ask a relay what it has accepted (RFC 1047).
 */
final class Dispatch {

    private static final Logger log = LoggerFactory.getLogger(Dispatch.class);

    private final Claims claims;

    private final Relay relay;

    Dispatch(Claims claims, Relay relay) {
        this.claims = claims;
        this.relay = relay;
    }

    /**
     * Returns when the relay has taken the mail, now or at an earlier attempt.
     *
     * @param mail made only when it is to be sent: links are signed and templates filled in for nobody else
     * @throws dev.attache.ledger.ClaimHeldException when another worker may be sending it now: worth another try
     * @throws RuntimeException                      as {@code mail} and {@link Relay#send} do
     */
    void send(String deliveryId, Supplier<MimeMessage> mail) {
        relay.inTurn(() -> sendOnce(deliveryId, mail));
    }

    private void sendOnce(String deliveryId, Supplier<MimeMessage> mail) {
        Optional<Claims.Claim> claim = claims.take(deliveryId);
        if (claim.isEmpty()) {
            log.debug("Mail {} was sent before", deliveryId);
            return;
        }
        try {
            relay.send(mail);
        } catch (RuntimeException | Error e) {
            // Even where the relay may have it all the same: who waits for the lease to end knows no more then than now.
            claim.get().giveBack();
            throw e;
        }
        claim.get().sent();
        // The id and no more: addresses are personal, and links are secrets.
        log.debug("Mail {} sent", deliveryId);
    }
}
