package dev.attache.delivery;

import dev.attache.contract.CloudEvent;
import dev.attache.contract.LinkIssued;
import dev.attache.contract.value.Link;
import dev.attache.contract.value.Recipient;
import dev.attache.contract.value.SignedUrl;
import dev.attache.ledger.downloads.DeliveryHashes;
import dev.attache.ledger.downloads.DeliveryKey;
import dev.attache.ledger.downloads.PageTokens;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Links of edited mails to their download pages. The address of a page contains the mail's id and recipient, so a mail
 * with another id or recipient needs another one.
 *
 * @param pageUrl the URL of a page without its token
 */
record EditedPages(String pageUrl) {

    private static final int FIRST_GENERATION = 0;

    /** The event with the link to its own page; empty if it has none, or if it links to the page of another mail. */
    Optional<CloudEvent<LinkIssued>> adapted(CloudEvent<LinkIssued> event, DeliveryHashes hashes, PageTokens tokens) {
        LinkIssued issued = event.data();
        Recipient recipient = issued.recipient();
        MailClaim claim = recipient == null ? null : MailClaim.of(event, recipient, hashes);
        if (claim == null || claim.page() == null || claim.key().delivery() == null) {
            return Optional.empty();
        }
        DeliveryKey delivery = claim.key().delivery();
        List<Link> links = Stream.concat(
                        issued.links().stream()
                                .filter(link -> link.rel() == Link.Rel.DOWNLOAD_PAGE)
                                .map(link -> Link.downloadPage(
                                        new SignedUrl(pageUrl + tokens.token(delivery, FIRST_GENERATION)),
                                        link.title(),
                                        link.expiresAt())),
                        issued.links().stream().filter(link -> link.rel() != Link.Rel.DOWNLOAD_PAGE))
                .toList();
        return Optional.of(new CloudEvent<>(
                event.id(),
                event.source(),
                event.type(),
                event.time(),
                event.subject(),
                event.traceparent(),
                issued.withLinks(links)));
    }
}
