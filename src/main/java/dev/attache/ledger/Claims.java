package dev.attache.ledger;

import dev.attache.ledger.objects.LedgerContentionException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Claims on mails: of all workers that handle a delivery at a time, the one that holds its claim sends it, and once it
 * is marked as sent nobody sends it again.
 *
 * <p>A claim outlives the messages that could ask for it: the ledger keeps objects for 30 days, a message lives for 4
 * days in its queue and for 14 in its dead-letter queue.
 */
public interface Claims {

    /**
     * Takes the claim on a delivery. A claim belongs to one content: while a mail may be under way or was sent, no mail
     * with the same id and another content is. When it was certainly not sent, another content may take the claim: an
     * event that was corrected.
     *
     * @param deliveryId the id of the event that asks for the mail; the same however often it is delivered
     * @param contentDigest the {@link dev.attache.contract.ContentDigest} of what the mail says; null where it is not
     *     known
     * @return the claim, now ours; empty when the mail was sent before
     * @throws dev.attache.contract.value.RejectedException {@code ID_REUSED}, when another content holds the claim, or
     *     held it and may have been sent
     * @throws ClaimHeldException when another worker holds it and its lease is not over
     * @throws LedgerContentionException when others keep changing it
     */
    Optional<Claim> take(String deliveryId, @Nullable String contentDigest);

    /**
     * A claim that is ours, to be ended in one of two ways, or left to run out when nobody knows whether the mail was
     * sent.
     */
    interface Claim {

        /** Whether an earlier owner's lease ran out: it may have sent the mail. */
        boolean takenOver();

        /** How long others wait before they take it over. */
        Duration lease();

        /**
         * The mail was sent. Returns when that is written down: what was sent stays sent, and a redelivery would send
         * it again. While S3 does not answer this tries again; only an interrupt ends it without success, which is
         * logged.
         */
        void sent();

        /**
         * The mail was not sent: the next attempt need not wait for the end of the lease. Throws nothing; when this
         * fails the lease ends by itself.
         */
        void giveBack();
    }
}
