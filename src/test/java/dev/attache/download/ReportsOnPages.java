package dev.attache.download;

import dev.attache.contract.LinkIssued.Purpose;
import dev.attache.ledger.downloads.DownloadUses;
import dev.attache.ledger.downloads.IssuedPage;
import dev.attache.ledger.downloads.LinkChanges;
import dev.attache.source.SourcePolicies;
import java.time.Clock;
import java.util.Optional;

/** Creates reports for tests in other packages. */
public final class ReportsOnPages {

    private ReportsOnPages() {}

    public static PageReports of(DownloadUses uses, LinkChanges changes, SourcePolicies policies, Clock clock) {
        return new PageReports(new PageStatuses(key -> Optional.empty(), uses, changes, policies, clock));
    }

    /** The id of the delivery of the n-th mail with a new link. */
    public static String newLinkId(IssuedPage page, int generation) {
        return PageMails.id(Purpose.RENEWAL, page, generation);
    }
}
