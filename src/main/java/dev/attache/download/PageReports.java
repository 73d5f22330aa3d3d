package dev.attache.download;

import dev.attache.contract.LinkIssued.Purpose;
import dev.attache.ledger.downloads.DeliveryKey;
import dev.attache.ledger.downloads.IssuedPage;
import dev.attache.ledger.downloads.LinkChange;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Looks up how a page was used and what was changed since. Writes nothing. */
public final class PageReports {

    private final PageStatuses statuses;

    PageReports(PageStatuses statuses) {
        this.statuses = statuses;
    }

    /** @param page the page of the delivery, which is not looked up again */
    public PageReport of(DeliveryKey key, IssuedPage page) {
        PageStatus status = statuses.of(key, page);
        Stream<LinkChange> ofObjects = IntStream.range(0, status.items())
                .mapToObj(item -> statuses.changeOfObject(page, item).concerning(page.issuedAt()));
        List<LinkChange> others = Stream.concat(Stream.of(status.recipient().concerning(page.issuedAt())), ofObjects)
                .distinct()
                .toList();
        return new PageReport(
                key,
                page,
                status.use(),
                status.request(),
                others,
                statuses.state(status, status.longestGeneration()),
                PageMails.id(Purpose.REMINDER, page, 0),
                IntStream.rangeClosed(1, status.newestGeneration())
                        .mapToObj(generation -> PageMails.id(Purpose.RENEWAL, page, generation))
                        .toList(),
                DownloadResends.obstacle(statuses, status));
    }
}
