package dev.attache.binder.message;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The hold on one message, from its receipt to its end. What extends it must not outlive it. */
public final class VisibilityLease {

    /** The longest that SQS keeps a message in flight, from its receipt ("ChangeMessageVisibility"). */
    public static final Duration LONGEST = Duration.ofHours(12);

    private final Instant since;

    private CompletableFuture<?> extension = CompletableFuture.completedFuture(null);

    private boolean ended;

    private @Nullable Object settler;

    public VisibilityLease(Instant since) {
        this.since = since;
    }

    public Instant since() {
        return since;
    }

    /** An extension is on its way, until {@code underWay} ends; false when it must not be sent any more. */
    public synchronized boolean extend(CompletableFuture<?> underWay) {
        if (ended) {
            return false;
        }
        extension = underWay;
        return true;
    }

    /**
     * Whoever releases or dead-letters the message asks this first: at the end of a stop's drain its own thread and the
     * one that stops may want to at the same time.
     *
     * @return whether nobody else has asked
     */
    public synchronized boolean settle(Object by) {
        if (settler == null) {
            settler = by;
        }
        return settler.equals(by);
    }

    /** What ended it has failed, and the message is held on. */
    synchronized void resume() {
        ended = false;
    }

    /** No extension begins after this; the future ends, always normally, when the last one has. */
    public synchronized CompletableFuture<?> end() {
        ended = true;
        return extension.handle((done, error) -> null);
    }
}
