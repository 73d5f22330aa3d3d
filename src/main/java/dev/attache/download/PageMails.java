package dev.attache.download;

import dev.attache.contract.CloudEvent;
import dev.attache.contract.EventType;
import dev.attache.contract.LinkIssued;
import dev.attache.contract.value.DownloadPage;
import dev.attache.contract.value.Link;
import dev.attache.contract.value.SignedUrl;
import dev.attache.ledger.downloads.DeliveryKey;
import dev.attache.ledger.downloads.DownloadUse.Renewal;
import dev.attache.ledger.downloads.IssuedPage;
import dev.attache.ledger.downloads.PageTokens;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Creates the events {@code link.issued} that lead to another mail with a link to a page: a reminder or a renewal. The
 * mail goes to the recipient of the first one. Neither leads to further reminders or reports.
 */
final class PageMails {

    private final PageTokens tokens;

    /** The URL of a page without its token. */
    private final String pageUrl;

    private final Clock clock;

    PageMails(PageTokens tokens, String pageUrl, Clock clock) {
        this.tokens = tokens;
        this.pageUrl = pageUrl;
        this.clock = clock;
    }

    /** @param until when the page expires */
    CloudEvent<LinkIssued> reminder(DeliveryKey key, IssuedPage page, int generation, Instant until) {
        return issued(
                LinkIssued.Purpose.REMINDER,
                key,
                page,
                generation,
                expiring(page.page(), until, page.page().confirmAddress()));
    }

    /** The link of a confirming renewal does not ask for the address. */
    CloudEvent<LinkIssued> renewal(DeliveryKey key, IssuedPage page, int generation, Renewal renewal) {
        boolean confirmAddress = page.page().confirmAddress() && !renewal.confirming();
        return issued(
                LinkIssued.Purpose.RENEWAL,
                key,
                page,
                generation,
                expiring(page.page(), renewal.expiresAt(), confirmAddress));
    }

    private CloudEvent<LinkIssued> issued(
            LinkIssued.Purpose purpose, DeliveryKey key, IssuedPage page, int generation, DownloadPage shown) {
        Instant now = clock.instant();
        SignedUrl url = new SignedUrl(pageUrl + tokens.token(key, generation));
        LinkIssued issued = new LinkIssued(
                page.requestId(),
                page.channel(),
                purpose,
                page.recipient(),
                page.message(),
                page.campaign(),
                List.of(Link.downloadPage(url, title(shown), shown.expiresAt())),
                now,
                null,
                null,
                shown,
                null);
        return page.cause().followFor(idPurpose(purpose, page, generation), EventType.LINK_ISSUED, now, issued);
    }

    /** The id of the event that leads to a mail about a page. */
    static String id(LinkIssued.Purpose purpose, IssuedPage page, int generation) {
        return page.cause().idFor(idPurpose(purpose, page, generation));
    }

    private static List<String> idPurpose(LinkIssued.Purpose purpose, IssuedPage page, int generation) {
        return List.of(EventType.LINK_ISSUED.name(), purpose.name(), page.deliveryId(), Integer.toString(generation));
    }

    private static @Nullable String title(DownloadPage page) {
        if (page.items().size() > 1) {
            return null;
        }
        DownloadPage.Item item = page.items().getFirst();
        return item.title() == null ? item.fileName() : item.title();
    }

    /** The mail names no file that S3 may have deleted. */
    private DownloadPage expiring(DownloadPage page, Instant until, boolean confirmAddress) {
        Instant now = clock.instant();
        List<DownloadPage.Item> kept =
                page.items().stream().filter(item -> !item.isGone(now)).toList();
        return new DownloadPage(
                kept.isEmpty() ? page.items() : kept,
                until,
                page.maxDownloads(),
                page.oneTime(),
                confirmAddress,
                null,
                false,
                page.order());
    }
}
