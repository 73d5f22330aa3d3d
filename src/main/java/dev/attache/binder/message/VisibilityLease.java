package dev.attache.binder.message;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The time in which a message is in flight, from its receipt until it is deleted, released or dead-lettered. */
public final class VisibilityLease {

    /** The longest time that SQS keeps a message in flight (Amazon SQS API Reference, "ChangeMessageVisibility"). */
    public static final Duration LONGEST = Duration.ofHours(12);

    private final Instant since;

    private CompletableFuture<?> extension = CompletableFuture.completedFuture(null);

    private boolean ended;

    private @Nullable Object owner;

    /** @param since when the message was received */
    public VisibilityLease(Instant since) {
        this.since = since;
    }

    public Instant since() {
        return since;
    }

    /**
     * Registers an extension of the visibility timeout.
     *
     * @param extending completes when the extension has ended
     * @return false if the lease has ended, and the extension must not be sent
     */
    public synchronized boolean extend(CompletableFuture<?> extending) {
        if (ended) {
            return false;
        }
        extension = extending;
        return true;
    }

    /**
     * Claims the right to release or dead-letter the message. At the end of the drain timeout its own thread and the
     * thread that stops the input may both try to.
     *
     * @return true for the first claimant, and whenever it claims again
     */
    public synchronized boolean claim(Object claimant) {
        if (owner == null) {
            owner = claimant;
        }
        return owner.equals(claimant);
    }

    /** The call that should have ended the lease failed: the message stays in flight. */
    synchronized void resume() {
        ended = false;
    }

    /**
     * Ends the lease: no extension begins any more.
     *
     * @return completes, always normally, when the last extension has ended
     */
    public synchronized CompletableFuture<?> end() {
        ended = true;
        return extension.handle((done, error) -> null);
    }
}
