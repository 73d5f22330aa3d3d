package dev.attache.ledger;

import dev.attache.ledger.Claims.Acceptance;
import dev.attache.ledger.downloads.DeliveryKey;
import dev.attache.ledger.downloads.IssuedPage;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds mails in the ledger, for people who look for one. Only mails that lead to a download page are listed by their
 * request and recipient; others are found by the id of their delivery. Writes nothing.
 */
public interface MailRecords {

    /** The mail of a delivery with a page, or a mail with another link to such a page. */
    Optional<MailRecord> find(DeliveryKey key);

    /** The mail of a delivery without a page. */
    Optional<MailRecord> find(String deliveryId);

    /**
     * The mails of a request, those to one recipient next to each other.
     *
     * @param request see {@link dev.attache.ledger.downloads.DeliveryHashes#request}
     * @param after {@link Listing#next} of the part before; empty for the first part
     * @param most 1,000 at most
     */
    Listing ofRequest(long request, Optional<String> after, int most);

    /** The number of mails of a request, counted up to this limit. Calls S3 once for each 1,000. */
    long count(long request, long most);

    /**
     * The mails to recipients. Their hashes are a part of the keys only, so all keys are listed.
     *
     * @param recipients see {@link dev.attache.ledger.downloads.DeliveryHashes#recipient}
     * @param after {@link Listing#next} of the part before; empty for the first part
     * @param calls the most calls of S3, each of which returns 1,000 keys
     */
    Listing toRecipients(Set<Long> recipients, Optional<String> after, int calls);

    /**
     * A part of a list.
     *
     * @param searched how many keys were read
     * @param next where the next part begins, in the words of the ledger; empty if there is none
     */
    record Listing(List<DeliveryKey> mails, long searched, Optional<String> next) {

        public Listing {
            mails = List.copyOf(mails);
        }
    }

    /**
     * What the ledger knows about a mail.
     *
     * @param changedAt when the claim on it was written last
     * @param takeovers how often the claim was taken over after its lease expired, when it was unknown whether the mail
     *     was sent
     * @param accepted the relay's acceptance; empty until then, and for mails that earlier builds sent
     * @param page the download page of the mail; empty if it has none of its own
     */
    record MailRecord(
            State state, Instant changedAt, int takeovers, Optional<Acceptance> accepted, Optional<IssuedPage> page) {

        /** When the relay accepted the mail; empty if it did not. Earlier builds recorded only that it did. */
        public Optional<Instant> sentAt() {
            return state == State.SENT
                    ? accepted.map(Acceptance::at).or(() -> Optional.of(changedAt))
                    : Optional.empty();
        }
    }

    /** The state of a mail. */
    enum State {
        /** A worker is sending it, or has stopped without a result. */
        SENDING,
        /** A relay has accepted it. */
        SENT,
        /** The last attempt failed; the next one may send it. */
        FREE
    }
}
