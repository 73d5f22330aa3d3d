package dev.attache.delivery;

import dev.attache.contract.CloudEvent;
import dev.attache.contract.LinkIssued;
import dev.attache.contract.value.Recipient;
import dev.attache.ledger.ClaimKey;
import dev.attache.ledger.downloads.DeliveryHashes;
import dev.attache.ledger.downloads.IssuedPage;
import org.jspecify.annotations.Nullable;

/**
 * What is written with the claim on a mail.
 *
 * @param key identifies the claim
 * @param contentDigest identifies the mail's content; null if unknown
 * @param page the page that the mail links to; null if it links to none, or to the page of an earlier mail
 */
record MailClaim(
        ClaimKey key,
        @Nullable String contentDigest,
        @Nullable IssuedPage page) {

    /** @param recipient the event's recipient */
    static MailClaim of(CloudEvent<LinkIssued> event, Recipient recipient, DeliveryHashes hashes) {
        LinkIssued issued = event.data();
        boolean toEarlierPage = switch (issued.purpose()) {
            case REMINDER, RENEWAL -> true;
            case DOWNLOAD, PURCHASE, UPLOAD, ARRIVAL, RECEIPT -> false;
        };
        if (issued.page() == null && !toEarlierPage) {
            return new MailClaim(ClaimKey.of(event.id()), issued.contentDigest(), null);
        }
        return new MailClaim(
                new ClaimKey(
                        event.id(), hashes.key(event.source(), issued.requestId(), recipient.address(), event.id())),
                issued.contentDigest(),
                toEarlierPage ? null : IssuedPage.of(event));
    }
}
