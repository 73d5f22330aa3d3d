package dev.attache.bench.emulator;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A queue with the messages of a backlog, which are created when they are received, and with messages that were sent. A
 * received message stays invisible until it is released: there is no visibility timeout, because measurements are
 * shorter.
 */
final class Queue {

    record Message(long number, String body) {}

    private final ReentrantLock lock = new ReentrantLock();

    private final Condition arrived = lock.newCondition();

    private Backlogs kind = Backlogs.DOWNLOAD;

    private long next;

    private long end;

    private long sent;

    /** Messages that were sent have negative numbers. */
    private final Deque<Message> waiting = new ArrayDeque<>();

    private final Map<Long, Message> inFlight = new HashMap<>();

    private final BitSet deletedOfBacklog = new BitSet();

    private long deleted;

    private long received;

    void fill(Backlogs of, long count) {
        lock.lock();
        try {
            kind = of;
            end += count;
            arrived.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The number of the next message that a backlog adds. */
    long end() {
        lock.lock();
        try {
            return end;
        } finally {
            lock.unlock();
        }
    }

    void send(String body) {
        lock.lock();
        try {
            waiting.add(new Message(--sent, body));
            arrived.signal();
        } finally {
            lock.unlock();
        }
    }

    List<Message> receive(int most, Duration wait) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = wait.toNanos();
            while (waiting.isEmpty() && next == end && left > 0) {
                left = arrived.awaitNanos(left);
            }
            List<Message> messages = new ArrayList<>(most);
            while (messages.size() < most && !waiting.isEmpty()) {
                messages.add(waiting.poll());
            }
            while (messages.size() < most && next < end) {
                messages.add(new Message(next, kind.body(next)));
                next++;
            }
            messages.forEach(message -> inFlight.put(message.number(), message));
            received += messages.size();
            return messages;
        } finally {
            lock.unlock();
        }
    }

    void release(long number) {
        lock.lock();
        try {
            Message message = inFlight.remove(number);
            if (message != null) {
                waiting.add(message);
                arrived.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    void delete(long number) {
        lock.lock();
        try {
            inFlight.remove(number);
            if (number < 0) {
                deleted++;
            } else if (!deletedOfBacklog.get((int) number)) {
                deletedOfBacklog.set((int) number);
                deleted++;
            }
        } finally {
            lock.unlock();
        }
    }

    long deleted() {
        lock.lock();
        try {
            return deleted;
        } finally {
            lock.unlock();
        }
    }

    long received() {
        lock.lock();
        try {
            return received;
        } finally {
            lock.unlock();
        }
    }

    /** Whether no message waits or is in flight. */
    boolean isDone() {
        return open() == 0;
    }

    /** The number of messages that wait or are in flight. */
    long open() {
        lock.lock();
        try {
            return end - next + waiting.size() + inFlight.size();
        } finally {
            lock.unlock();
        }
    }
}
