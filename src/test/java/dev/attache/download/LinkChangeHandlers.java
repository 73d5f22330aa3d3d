package dev.attache.download;

import dev.attache.contract.EventMessages;
import dev.attache.contract.json.ValidatingEventCodec;
import dev.attache.ledger.downloads.LinkChanges;
import java.time.Clock;

/** Creates handlers for tests in other packages. */
public final class LinkChangeHandlers {

    private LinkChangeHandlers() {}

    public static LinkChangeHandler of(LinkChanges changes, Clock clock) {
        return new LinkChangeHandler(changes, new EventMessages(new ValidatingEventCodec()), clock);
    }
}
