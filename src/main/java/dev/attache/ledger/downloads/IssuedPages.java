package dev.attache.ledger.downloads;

import java.util.Optional;

/** Finds download pages in the claims on their mails. */
@FunctionalInterface
public interface IssuedPages {

    /**
     * Returns the page of a delivery in every state of its claim, because the recipient may hold the mail even after a
     * failure; empty if the mail is not claimed yet.
     */
    Optional<IssuedPage> find(DeliveryKey key);
}
