package dev.attache.download;

import dev.attache.ledger.downloads.DownloadAccess.State;
import dev.attache.ledger.downloads.DownloadUse;
import dev.attache.ledger.downloads.IssuedPage;

/**
 * A download page as the holder of a token sees it.
 *
 * @param issued the page
 * @param state whether it is open for this token
 * @param use how it was used before
 * @param mustConfirm whether the recipient must confirm the address before the first download
 * @param confirmByMail whether no address may be typed any more, so that only a link in another mail confirms it
 * @param renewable whether a new link may be sent: the page has expired, and its source allows another renewal
 */
public record PageView(
        IssuedPage issued,
        State state,
        DownloadUse use,
        boolean mustConfirm,
        boolean confirmByMail,
        boolean renewable) {}
