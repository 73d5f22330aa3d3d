package dev.attache.binder;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/** The hold on one message, from its receipt to its end. What extends it must not outlive it. */
final class Hold {

    private final Instant since;

    private CompletableFuture<?> extension = CompletableFuture.completedFuture(null);

    private boolean ended;

    Hold(Instant since) {
        this.since = since;
    }

    Instant since() {
        return since;
    }

    /** An extension is on its way, until {@code underWay} ends; false when it must not be sent any more. */
    synchronized boolean extend(CompletableFuture<?> underWay) {
        if (ended) {
            return false;
        }
        extension = underWay;
        return true;
    }

    /** No extension begins after this; the future ends, always normally, when the last one has. */
    synchronized CompletableFuture<?> end() {
        ended = true;
        return extension.handle((done, error) -> null);
    }
}
