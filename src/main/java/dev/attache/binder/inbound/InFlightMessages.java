package dev.attache.binder.inbound;

import dev.attache.binder.message.ReceivedMessage;
import java.time.Duration;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The messages in flight, each with the thread that handles it. */
final class InFlightMessages {

    /** By identity: equals() would compare the bodies of messages. Guarded by the lock. */
    private final IdentityHashMap<ReceivedMessage, Thread> messages = new IdentityHashMap<>();

    private final ReentrantLock lock = new ReentrantLock();

    private final Condition empty = lock.newCondition();

    private boolean closed;

    /** Adds a message that this thread handles; returns false after {@link #close}. */
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

    /** No message is added any more. */
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

    /** A copy of the messages in flight at this moment. */
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
     * Waits until no message is in flight. After the timeout, interrupts the threads of the remaining messages.
     *
     * @return the remaining messages
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
