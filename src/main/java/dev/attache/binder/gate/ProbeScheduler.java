package dev.attache.binder.gate;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Lets messages wait while the gate is closed, and says which of them probes: one at a time, each of those that wait in
 * turn, those first that have not probed yet. When all of them have, one more may be received, for the fault may be
 * theirs alone: a service that refuses one message must not keep the gate closed for the others.
 */
public final class ProbeScheduler {

    private final Gate gate;

    private final StopSignal stop;

    /** Between two probes. */
    private final Duration pause;

    private final ReentrantLock lock = new ReentrantLock();

    private final Condition change = lock.newCondition();

    private final List<ProbeTicket> waiting = new ArrayList<>();

    /** A message is probing. */
    private boolean probing;

    /** A message to probe with is being received, or has been and waits for its first attempt to end. */
    private boolean receiving;

    /** The id of the message that was received to probe with, until it has a ticket. */
    private @Nullable String received;

    /** As {@link System#nanoTime}. */
    private long nextProbe = System.nanoTime();

    private CompletableFuture<Void> nextChange = new CompletableFuture<>();

    public ProbeScheduler(Gate gate, StopSignal stop, Duration pause) {
        this.gate = gate;
        this.stop = stop;
        this.pause = pause;
        gate.onChange(this::changed);
        stop.onChange(this::changed);
    }

    public ProbeTicket ticket(String messageId) {
        lock.lock();
        try {
            ProbeTicket ticket = new ProbeTicket();
            if (messageId.equals(received)) {
                ticket.first = true;
                received = null;
            }
            return ticket;
        } finally {
            lock.unlock();
        }
    }

    /** The message is settled, and waits no more. */
    public void end(ProbeTicket ticket) {
        lock.lock();
        try {
            attempted(ticket);
        } finally {
            lock.unlock();
        }
    }

    private void attempted(ProbeTicket ticket) {
        if (ticket.first) {
            ticket.first = false;
            receiving = false;
            reportChange();
        }
    }

    /** Why a wait has ended. */
    public enum Turn {
        /** The gate is open. */
        RETRY,
        /** The message probes: {@link #probed} must follow the attempt. */
        PROBE,
        /** The input stops. */
        STOP,
        /** It has waited for as long as it may. */
        TIME_OVER
    }

    /**
     * Waits until the message may be tried again.
     *
     * @param pauseFirst how long to wait although the gate is open
     * @param atMost how long to wait in all
     */
    public Turn await(ProbeTicket ticket, Duration pauseFirst, Duration atMost) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            attempted(ticket);
            long begin = System.nanoTime();
            while (true) {
                long waited = System.nanoTime() - begin;
                Gate.State state = gate.state();
                if (stop.isStopping()) {
                    return Turn.STOP;
                }
                if (state == Gate.State.OPEN && waited >= pauseFirst.toNanos()) {
                    ticket.probed = false;
                    return Turn.RETRY;
                }
                if (state != Gate.State.OPEN && waited >= atMost.toNanos()) {
                    return Turn.TIME_OVER;
                }
                long left = (state == Gate.State.OPEN ? pauseFirst : atMost).toNanos() - waited;
                if (state == Gate.State.OPEN) {
                    waiting.remove(ticket);
                } else if (!waiting.contains(ticket)) {
                    waiting.add(ticket);
                    reportChange();
                }
                if (state == Gate.State.PROBING && !probing && next().orElse(null) == ticket) {
                    long untilProbe = nextProbe - System.nanoTime();
                    if (untilProbe <= 0) {
                        probing = true;
                        return Turn.PROBE;
                    }
                    left = Math.min(left, untilProbe);
                }
                change.awaitNanos(left);
            }
        } finally {
            waiting.remove(ticket);
            lock.unlock();
        }
    }

    /** In the order of their coming; those that have not probed yet come first. */
    private Optional<ProbeTicket> next() {
        return waiting.stream()
                .filter(ticket -> !ticket.probed)
                .findFirst()
                .or(() -> waiting.stream().findFirst());
    }

    /** The attempt of the message that probed has ended. */
    public void probed(ProbeTicket ticket) {
        lock.lock();
        try {
            probing = false;
            ticket.probed = true;
            nextProbe = System.nanoTime() + pause.toNanos();
        } finally {
            lock.unlock();
        }
        changed();
    }

    /** What may be received now; nothing means to wait for {@link #nextChange}. */
    public ReceivePermit permit(int wanted) {
        return switch (gate.state()) {
            case OPEN -> {
                int messages = Math.min(wanted, gate.capacity());
                yield messages > 0 ? new ReceivePermit(messages, false) : ReceivePermit.NONE;
            }
            case CLOSED -> ReceivePermit.NONE;
            case PROBING -> mayReceiveProbe() ? new ReceivePermit(1, true) : ReceivePermit.NONE;
        };
    }

    private boolean mayReceiveProbe() {
        lock.lock();
        try {
            if (receiving || probing || stop.isStopping() || waiting.stream().anyMatch(ticket -> !ticket.probed)) {
                return false;
            }
            receiving = true;
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** A receive that was permitted as a probe has ended, with this message or none. */
    public void received(@Nullable String messageId) {
        lock.lock();
        try {
            received = messageId;
            receiving = messageId != null;
            reportChange();
        } finally {
            lock.unlock();
        }
    }

    /** The input starts again: nothing is left of before. */
    public void reset() {
        lock.lock();
        try {
            receiving = false;
            received = null;
            probing = false;
        } finally {
            lock.unlock();
        }
    }

    /** How many messages wait. */
    public int waiting() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Ends at the next change of anything. Take it before asking {@link #permit}, or a change in between goes unseen.
     */
    public CompletableFuture<Void> nextChange() {
        lock.lock();
        try {
            return nextChange.copy();
        } finally {
            lock.unlock();
        }
    }

    /** Something else that decides what may be received has changed. */
    public void changed() {
        lock.lock();
        try {
            reportChange();
        } finally {
            lock.unlock();
        }
    }

    /** Polls go on in a thread of their own: this one holds the lock, or is within a call. */
    private void reportChange() {
        change.signalAll();
        CompletableFuture<Void> ended = nextChange;
        nextChange = new CompletableFuture<>();
        Thread.startVirtualThread(() -> ended.complete(null));
    }
}
