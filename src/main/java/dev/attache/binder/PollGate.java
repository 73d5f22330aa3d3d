package dev.attache.binder;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

/**
 * Lets an input receive while all that it needs is up. While something is down nothing is received, so that no message burns
 * its receive count; the one message that met the outage stays in hand as the canary and is tried again in place. While
 * something is being probed and there is no canary, one poll for one message is permitted, and that message is the canary
 * from the moment it is received: a breaker that nobody calls would never close.
 */
final class PollGate {

    private final List<Downstream> needs;

    private final ReentrantLock lock = new ReentrantLock();

    private final Condition change = lock.newCondition();

    private CompletableFuture<Void> nextChange = new CompletableFuture<>();

    private boolean canary;

    /** A poll for a canary is under way. */
    private boolean probing;

    /** The id of the message that such a poll has found, until it is taken in hand. */
    private @Nullable String found;

    private boolean stopping;

    PollGate(List<Downstream> needs) {
        this.needs = List.copyOf(needs);
        this.needs.forEach(need -> need.onChange(this::changed));
    }

    /** What may be received now; nothing means to wait for {@link #nextChange}. */
    Permit permit(int wanted) {
        return switch (worst()) {
            case UP -> new Permit(wanted, false);
            case DOWN -> Permit.NONE;
            case PROBING -> permitProbe() ? new Permit(1, true) : Permit.NONE;
        };
    }

    private boolean permitProbe() {
        lock.lock();
        try {
            if (canary || probing || stopping) {
                return false;
            }
            probing = true;
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** A poll that was permitted as a probe has ended, and found this message, or none. */
    void probed(@Nullable String messageId) {
        lock.lock();
        try {
            probing = false;
            if (messageId != null && !canary) {
                found = messageId;
                canary = true;
            }
        } finally {
            lock.unlock();
        }
        changed();
    }

    /** Whether this message was received as the canary. */
    boolean isCanary(String messageId) {
        lock.lock();
        try {
            if (!messageId.equals(found)) {
                return false;
            }
            found = null;
            return true;
        } finally {
            lock.unlock();
        }
    }

    /**
     * What may be received.
     *
     * @param messages how many at most
     * @param probe    whether what is found is the canary: {@link #probed} must follow
     */
    record Permit(int messages, boolean probe) {

        static final Permit NONE = new Permit(0, false);
    }

    /** Ends at the next change of anything. Take it before asking {@link #permit}, or a change in between goes unseen. */
    CompletableFuture<Void> nextChange() {
        lock.lock();
        try {
            return nextChange.copy();
        } finally {
            lock.unlock();
        }
    }

    /** Makes the message that asks the canary; false when there is one. */
    boolean takeCanary() {
        lock.lock();
        try {
            if (canary || stopping) {
                return false;
            }
            canary = true;
            return true;
        } finally {
            lock.unlock();
        }
    }

    void putCanaryDown() {
        lock.lock();
        try {
            canary = false;
        } finally {
            lock.unlock();
        }
        changed();
    }

    /**
     * Waits until a call is worth trying.
     *
     * @return false when the input stops instead
     */
    boolean awaitChance() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!stopping && worst() == Downstream.State.DOWN) {
                change.await();
            }
            return !stopping;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits before another try in place.
     *
     * @return false when the input stops instead
     */
    boolean pause(Duration pause) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = pause.toNanos();
            while (!stopping && left > 0) {
                left = change.awaitNanos(left);
            }
            return !stopping;
        } finally {
            lock.unlock();
        }
    }

    boolean isStopping() {
        lock.lock();
        try {
            return stopping;
        } finally {
            lock.unlock();
        }
    }

    void stop() {
        set(true);
    }

    void start() {
        set(false);
    }

    private void set(boolean stops) {
        lock.lock();
        try {
            stopping = stops;
            if (!stops) {
                canary = false;
                probing = false;
                found = null;
            }
        } finally {
            lock.unlock();
        }
        changed();
    }

    private Downstream.State worst() {
        return needs.stream().map(Downstream::state).max(Enum::compareTo).orElse(Downstream.State.UP);
    }

    /** Those who wait go on in a thread of their own: this one may be in the midst of a call. */
    private void changed() {
        CompletableFuture<Void> ended;
        lock.lock();
        try {
            change.signalAll();
            ended = nextChange;
            nextChange = new CompletableFuture<>();
        } finally {
            lock.unlock();
        }
        Thread.startVirtualThread(() -> ended.complete(null));
    }
}
