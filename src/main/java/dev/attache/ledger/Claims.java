package dev.attache.ledger;

import dev.attache.ledger.downloads.IssuedPage;
import dev.attache.ledger.downloads.IssuedPages;
import dev.attache.ledger.objects.LedgerContentionException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Claims on mails, so that each mail is sent once: of several workers that process the same delivery, only the one with
 * the claim sends the mail, and a mail that is marked as sent is not sent again.
 *
 * <p>A claim exists for longer than the message that needs it: a message is kept for at most 4 days in its queue and 14
 * days in its dead-letter queue, and a lifecycle rule deletes objects of the ledger later than that
 * ({@code infra/topology.yaml}).
 */
public interface Claims {

    /**
     * Takes the claim on a delivery. A claim is for one content: if a mail was sent or may have been sent, no mail with
     * the same id and another content is sent. If it was certainly not sent, an event with other content, such as a
     * corrected one, may take the claim.
     *
     * @param key the same in every attempt
     * @param contentDigest the {@link dev.attache.contract.ContentDigest} of the mail; null if unknown
     * @param page stored with the claim, and kept in every state of it ({@link IssuedPages}); null if the mail has no
     *     page of its own
     * @return the claim; empty if the mail was sent before
     * @throws dev.attache.contract.value.RejectedException {@code ID_REUSED}, if a mail with the same id and another
     *     content was sent or may have been sent
     * @throws ClaimHeldException if another worker has the claim and its lease has not expired
     * @throws LedgerContentionException if other workers changed the claim at each attempt
     */
    Optional<Claim> take(ClaimKey key, @Nullable String contentDigest, @Nullable IssuedPage page);

    /**
     * A claim of this worker. It is marked as sent or released, or, if it is unknown whether the mail was sent, kept
     * until its lease expires.
     */
    interface Claim {

        /**
         * Whether the claim was ever taken over from an owner whose lease had expired, and who may have sent the mail.
         */
        boolean takenOver();

        /** The time after which other workers may take the claim over. */
        Duration lease();

        /**
         * Marks the mail as sent, and returns when that is recorded: without the mark a redelivery would send the mail
         * again. Retries until it succeeds. If the thread is interrupted, it gives up and logs that.
         *
         * @param accepted kept with the claim; null if unknown
         */
        void sent(@Nullable Acceptance accepted);

        /** As {@link #sent(Acceptance)}, for a mail whose acceptance is unknown. */
        default void sent() {
            sent(null);
        }

        /**
         * Releases the claim of a mail that was not sent, so that the next attempt does not wait for the end of the
         * lease. Never throws: if the release fails, the lease expires.
         */
        void release();
    }

    /**
     * The relay's acceptance of a mail.
     *
     * @param at when the relay's reply arrived
     * @param reply the relay's reply in one line, such as {@code 250 2.0.0 Ok: queued as 4A3}, without addresses
     */
    record Acceptance(Instant at, String reply) {}
}
