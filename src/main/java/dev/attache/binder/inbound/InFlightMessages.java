package dev.attache.binder.inbound;

import dev.attache.binder.message.ReceivedMessage;
import java.time.Duration;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The messages that are being handled, each with its thread. */
final class InFlightMessages {

    /** By identity: to compare two messages would be to compare their bodies. Guarded by the lock. */
    private final IdentityHashMap<ReceivedMessage, Thread> messages = new IdentityHashMap<>();

    private final ReentrantLock lock = new ReentrantLock();

    private final Condition empty = lock.newCondition();

    private boolean closed;

    /** Adds a message, handled by this thread; refused once {@link #close} was called. */
    boolean add(ReceivedMessage message) {
        lock.lock();
        try {
            if (closed) {
                return false;
            }
            messages.put(message, Thread.currentThread());
            return true;
        } finally {
            lock.unlock();
        }
    }

    void remove(ReceivedMessage message) {
        lock.lock();
        try {
            messages.remove(message);
            if (messages.isEmpty()) {
                empty.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** From now on nothing is added. */
    void close() {
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
    }

    void open() {
        lock.lock();
        try {
            closed = false;
        } finally {
            lock.unlock();
        }
    }

    /** A copy of what is in flight at this moment. */
    List<ReceivedMessage> messages() {
        lock.lock();
        try {
            return List.copyOf(messages.keySet());
        } finally {
            lock.unlock();
        }
    }

    int size() {
        lock.lock();
        try {
            return messages.size();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until nothing is in flight. When the time is over, interrupts the threads of the rest, and returns their
     * messages.
     */
    List<ReceivedMessage> drain(Duration atMost) {
        long left = atMost.toNanos();
        lock.lock();
        try {
            while (!messages.isEmpty() && left > 0) {
                left = empty.awaitNanos(left);
            }
            messages.values().forEach(Thread::interrupt);
            return List.copyOf(messages.keySet());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.copyOf(messages.keySet());
        } finally {
            lock.unlock();
        }
    }
}
