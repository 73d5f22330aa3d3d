package dev.attache.delivery.relay;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** How many mails can wait for a permit of a rate without a long delay. */
final class RelayCapacity {

    /** Only as many mails may wait as can be sent within this time, so that waiting costs no extra receives. */
    private static final Duration MAX_QUEUE_TIME = Duration.ofMinutes(1);

    private final SendingRate rate;

    /** Mails that wait for a permit or have one. */
    private final AtomicInteger pending = new AtomicInteger();

    /** Whether {@link #remaining} returned no capacity since the listeners were last called. */
    private final AtomicBoolean awaited = new AtomicBoolean();

    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    RelayCapacity(SendingRate rate) {
        this.rate = rate;
    }

    /** How many more mails can wait; may be negative. */
    int remaining() {
        int remaining = current();
        if (remaining > 0) {
            return remaining;
        }
        // The caller now waits for its listener. Check again: a mail may have been sent before awaited was set.
        awaited.set(true);
        return current();
    }

    private int current() {
        double perSecond = rate.perSecond();
        return Double.isInfinite(perSecond)
                ? Integer.MAX_VALUE
                : (int) (perSecond * MAX_QUEUE_TIME.toSeconds()) - pending.get();
    }

    /** Registers a listener that is called when there is capacity again. */
    void onAvailable(Runnable listener) {
        listeners.add(listener);
    }

    /** Counts a mail that starts to wait. {@link #leave} must follow. */
    void enter() {
        pending.incrementAndGet();
    }

    /** Removes a mail that was sent or has failed. */
    void leave() {
        pending.decrementAndGet();
        if (current() > 0 && awaited.getAndSet(false)) {
            listeners.forEach(Runnable::run);
        }
    }
}
