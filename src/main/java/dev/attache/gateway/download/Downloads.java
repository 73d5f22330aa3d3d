package dev.attache.gateway.download;

import dev.attache.download.DownloadUsage;
import dev.attache.download.PageView;
import dev.attache.ledger.downloads.PageToken;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the page can do with a genuine token; see {@link DownloadUsage} and
 * {@link dev.attache.download.DownloadRenewals}.
 */
interface Downloads {

    Optional<PageView> find(PageToken token);

    DownloadUsage.Result press(PageToken token, int item, @Nullable String typedAddress);

    void renew(PageToken token);
}
