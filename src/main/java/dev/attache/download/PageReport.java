package dev.attache.download;

import dev.attache.ledger.downloads.DeliveryKey;
import dev.attache.ledger.downloads.DownloadAccess.State;
import dev.attache.ledger.downloads.DownloadUse;
import dev.attache.ledger.downloads.IssuedPage;
import dev.attache.ledger.downloads.LinkChange;
import java.util.List;
import java.util.Optional;

/**
 * A download page as an operator sees it.
 *
 * @param request what was revoked and extended of the whole request
 * @param others what was revoked and extended of the recipient and of each object since
 * @param state the state of the link that is valid for longest
 * @param reminderId the id of the delivery of the reminder, if there is one
 * @param renewalIds the ids of the deliveries of mails with a new link: renewals, confirmations, and those of
 *     operators, in the order of {@link DownloadUse#renewals}
 * @param obstacle why the mail cannot be sent again; empty if it probably can
 */
public record PageReport(
        DeliveryKey key,
        IssuedPage page,
        DownloadUse use,
        LinkChange request,
        List<LinkChange> others,
        State state,
        String reminderId,
        List<String> renewalIds,
        Optional<ResendObstacle> obstacle) {

    public PageReport {
        others = List.copyOf(others);
        renewalIds = List.copyOf(renewalIds);
    }

    /** How many mails with a new link were sent. */
    public int mails() {
        return renewalIds.size();
    }
}
