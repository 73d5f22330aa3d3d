package dev.attache.binder.gate;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Makes messages wait while the gate is closed, and selects the message that probes when a service may be up again. One
 * message probes at a time. Waiting messages that have not probed since the gate was last open come first, in the order
 * in which they began to wait. When all have probed without success, one more message may be received to probe with: a
 * service that fails for one message only must not keep the gate closed for the others.
 */
public final class ProbeScheduler {

    private final Gate gate;

    private final StopSignal stop;

    /** The pause between two probes. */
    private final Duration pause;

    private final ReentrantLock lock = new ReentrantLock();

    private final Condition change = lock.newCondition();

    private final ChangeSignal signal = new ChangeSignal();

    private final List<ProbeTicket> waiting = new ArrayList<>();

    /** Whether a message is probing. */
    private boolean probing;

    /** Whether a message to probe with is being received, or has been received and its first attempt has not ended. */
    private boolean receiving;

    /** The id of the message that was received to probe with, until it has a ticket. */
    private @Nullable String received;

    /** When the next probe is allowed, as {@link System#nanoTime}. */
    private long nextProbe = System.nanoTime();

    public ProbeScheduler(Gate gate, StopSignal stop, Duration pause) {
        this.gate = gate;
        this.stop = stop;
        this.pause = pause;
        gate.onChange(this::changed);
        stop.onChange(this::changed);
    }

    /** Registers a message that was received. {@link #end} must follow. */
    public ProbeTicket ticket(String messageId) {
        lock.lock();
        try {
            ProbeTicket ticket = new ProbeTicket();
            if (messageId.equals(received)) {
                ticket.receivedToProbe = true;
                received = null;
            }
            return ticket;
        } finally {
            lock.unlock();
        }
    }

    /** The message is settled and does not wait any more. */
    public void end(ProbeTicket ticket) {
        lock.lock();
        try {
            attempted(ticket);
        } finally {
            lock.unlock();
        }
    }

    private void attempted(ProbeTicket ticket) {
        if (ticket.receivedToProbe) {
            ticket.receivedToProbe = false;
            receiving = false;
            reportChange();
        }
    }

    /**
     * Waits until the message may be tried again.
     *
     * @param pauseFirst how long to wait even if the gate is open
     * @param atMost how long to wait in all
     */
    public WaitResult await(ProbeTicket ticket, Duration pauseFirst, Duration atMost) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            attempted(ticket);
            long begin = System.nanoTime();
            while (true) {
                long waited = System.nanoTime() - begin;
                Gate.State state = gate.state();
                if (stop.isStopping()) {
                    return WaitResult.STOPPING;
                }
                if (state == Gate.State.OPEN && waited >= pauseFirst.toNanos()) {
                    ticket.probed = false;
                    return WaitResult.RETRY;
                }
                if (state != Gate.State.OPEN && waited >= atMost.toNanos()) {
                    return WaitResult.TIMED_OUT;
                }
                enqueue(ticket, state);
                long untilProbe = nextProbe - System.nanoTime();
                boolean selected = state == Gate.State.PROBING && !probing && next() == ticket;
                if (selected && untilProbe <= 0) {
                    probing = true;
                    return WaitResult.PROBE;
                }
                long left = (state == Gate.State.OPEN ? pauseFirst : atMost).toNanos() - waited;
                change.awaitNanos(selected ? Math.min(left, untilProbe) : left);
            }
        } finally {
            waiting.remove(ticket);
            lock.unlock();
        }
    }

    /** Only messages that wait for the gate are candidates for a probe. */
    private void enqueue(ProbeTicket ticket, Gate.State state) {
        if (state == Gate.State.OPEN) {
            waiting.remove(ticket);
        } else if (!waiting.contains(ticket)) {
            waiting.add(ticket);
            reportChange();
        }
    }

    /** The message that probes next; null if none waits. */
    private @Nullable ProbeTicket next() {
        return waiting.stream()
                .filter(ticket -> !ticket.probed)
                .findFirst()
                .or(() -> waiting.stream().findFirst())
                .orElse(null);
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

    /** Permits to receive up to {@code wanted} messages. If none is permitted, wait for {@link #nextChange}. */
    public ReceivePermit permit(int wanted) {
        return switch (gate.state()) {
            case OPEN -> {
                int messages = Math.min(wanted, gate.capacity());
                yield messages > 0 ? new ReceivePermit(messages, false) : ReceivePermit.NONE;
            }
            case CLOSED -> ReceivePermit.NONE;
            case PROBING -> probePermit();
        };
    }

    private ReceivePermit probePermit() {
        lock.lock();
        try {
            if (receiving || probing || stop.isStopping() || waiting.stream().anyMatch(ticket -> !ticket.probed)) {
                return ReceivePermit.NONE;
            }
            receiving = true;
            return new ReceivePermit(1, true);
        } finally {
            lock.unlock();
        }
    }

    /**
     * A receive that was permitted as a probe has ended.
     *
     * @param messageId the message that was received; null if none was
     */
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

    /** Resets the state of probes when the input starts again. */
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

    /** The number of messages that wait for the gate. */
    public int waiting() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Completes at the next change of what may be received. Get it before asking for a {@link #permit}; otherwise a
     * change in between is missed.
     */
    public CompletableFuture<Void> nextChange() {
        return signal.next();
    }

    /** To be called when anything else changes that limits what may be received. */
    public void changed() {
        lock.lock();
        try {
            reportChange();
        } finally {
            lock.unlock();
        }
    }

    private void reportChange() {
        change.signalAll();
        signal.signal();
    }
}
