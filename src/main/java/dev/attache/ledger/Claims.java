package dev.attache.ledger;

import java.util.Optional;

/**
 * Claims on mails: of all workers that have a delivery in hand at a time, the one that holds its claim sends it, and
 * once it is marked as sent nobody sends it again.
 *
 * <p>A claim outlives the messages that could ask for it: the ledger keeps objects for 30 days, a message lives for 4
 * days in its queue and for 14 in its dead-letter queue.
 */
public interface Claims {

    /**
     * Takes the claim on a delivery.
     *
     * @param deliveryId the id of the event that asks for the mail; the same however often it is delivered
     * @return the claim, now ours; empty when the mail was sent before
     * @throws ClaimHeldException        when another worker holds it and its lease is not over
     * @throws LedgerContentionException when others keep changing it
     */
    Optional<Claim> take(String deliveryId);

    /** A claim that is ours, to be ended in one of two ways. */
    interface Claim {

        /**
         * The mail was sent. Throws nothing: what was sent stays sent, and a redelivery could only send it again. A mark
         * that could not be written is logged.
         */
        void sent();

        /**
         * The mail was not sent, as far as we know: the next attempt need not wait for the end of the lease. Throws
         * nothing; when this fails the lease ends by itself.
         */
        void giveBack();
    }
}
