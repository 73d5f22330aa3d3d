package dev.attache.binder;

import java.time.Duration;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The messages that are being handled. */
final class InHand {

    /** By identity: to compare two messages would be to compare their bodies. Guarded by the lock. */
    private final Set<ReceivedMessage> messages = Collections.newSetFromMap(new IdentityHashMap<>());

    private final ReentrantLock lock = new ReentrantLock();

    private final Condition empty = lock.newCondition();

    private boolean closed;

    /** Takes a message in hand; refused once {@link #close} was called. */
    boolean take(ReceivedMessage message) {
        lock.lock();
        try {
            return !closed && messages.add(message);
        } finally {
            lock.unlock();
        }
    }

    void putDown(ReceivedMessage message) {
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

    /** From now on nothing more is taken. */
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

    /** What is in hand at this moment. */
    List<ReceivedMessage> messages() {
        lock.lock();
        try {
            return List.copyOf(messages);
        } finally {
            lock.unlock();
        }
    }

    /** Waits until nothing is in hand, and gives back what still is when the time is over. */
    List<ReceivedMessage> drain(Duration atMost) {
        long left = atMost.toNanos();
        lock.lock();
        try {
            while (!messages.isEmpty() && left > 0) {
                left = empty.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
        return messages();
    }
}
