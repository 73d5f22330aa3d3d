package dev.attache.binder.memory;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Memory that several inputs share. Half of it is divided evenly among them, so that no input can block another; the
 * other half is available to all. An input that has taken nothing may always take once, any amount: a message that is
 * larger than the whole budget is handled alone.
 */
public final class ByteBudget {

    private static final Duration UNLIMITED = Duration.ofNanos(Long.MAX_VALUE);

    private final long bytes;

    private final ReentrantLock lock = new ReentrantLock();

    /** The lock guards this list and the fields of the shares. */
    private final List<Share> shares = new ArrayList<>();

    public ByteBudget(long bytes) {
        this.bytes = bytes;
    }

    /** Adds a share for another input. */
    public Share share() {
        lock.lock();
        try {
            Share share = new Share();
            shares.add(share);
            return share;
        } finally {
            lock.unlock();
        }
    }

    private long own() {
        return bytes / 2 / shares.size();
    }

    /** What is left of the common half. */
    private long leftInCommon() {
        long beyond = 0;
        for (Share share : shares) {
            beyond += Math.max(0, share.taken - own());
        }
        return Math.max(0, bytes - bytes / 2 - beyond);
    }

    /** The share of one input. */
    public final class Share {

        private final Condition change = lock.newCondition();

        /** The waiting threads in the order of their arrival: small amounts must not overtake a large one for ever. */
        private final Deque<Thread> waiting = new ArrayDeque<>();

        private long taken;

        /** The listener is called once when this amount can be taken; 0 for never. */
        private long awaited;

        private volatile Runnable listener = () -> {};

        private Share() {}

        /** @param listener is called when the amount of {@link #notifyWhenAvailable} can be taken; it must not block */
        public void onAvailable(Runnable listener) {
            this.listener = listener;
        }

        private boolean mayTake(long amount) {
            return taken == 0 || amount <= Math.max(0, own() - taken) + leftInCommon();
        }

        /** How many times an amount can be taken, up to {@code atMost}; at least once if nothing is taken. */
        public int times(long amount, int atMost) {
            lock.lock();
            try {
                long left = Math.max(0, own() - taken) + leftInCommon();
                long least = taken == 0 ? 1 : 0;
                return (int) Math.min(atMost, Math.max(least, left / amount));
            } finally {
                lock.unlock();
            }
        }

        /** Calls the listener once when the amount can be taken. */
        public void notifyWhenAvailable(long amount) {
            boolean already;
            lock.lock();
            try {
                already = mayTake(amount);
                awaited = already ? 0 : awaited == 0 ? amount : Math.min(awaited, amount);
            } finally {
                lock.unlock();
            }
            if (already) {
                listener.run();
            }
        }

        /** Takes the amount if it can be taken. */
        public boolean tryTake(long amount) {
            lock.lock();
            try {
                boolean available = mayTake(amount);
                taken += available ? amount : 0;
                return available;
            } finally {
                lock.unlock();
            }
        }

        /** Takes the amount even if it exceeds the budget. */
        public void force(long amount) {
            lock.lock();
            try {
                taken += amount;
            } finally {
                lock.unlock();
            }
        }

        /** Waits until the amount can be taken, after the threads of this share that wait already. */
        public void take(long amount) throws InterruptedException {
            take(amount, UNLIMITED);
        }

        /** @return false if the amount could not be taken in time; nothing is taken then */
        public boolean take(long amount, Duration atMost) throws InterruptedException {
            Thread me = Thread.currentThread();
            long left = atMost.toNanos();
            lock.lockInterruptibly();
            try {
                waiting.add(me);
                while (waiting.peek() != me || !mayTake(amount)) {
                    if (left <= 0) {
                        return false;
                    }
                    left = change.awaitNanos(left);
                }
                taken += amount;
                return true;
            } finally {
                waiting.remove(me);
                change.signalAll();
                lock.unlock();
            }
        }

        /** Gives back an amount that was taken. */
        public void release(long amount) {
            List<Share> satisfied = List.of();
            lock.lock();
            try {
                taken -= amount;
                for (Share share : shares) {
                    share.change.signalAll();
                    if (share.awaited > 0 && share.mayTake(share.awaited)) {
                        share.awaited = 0;
                        satisfied = satisfied.isEmpty() ? new ArrayList<>() : satisfied;
                        satisfied.add(share);
                    }
                }
            } finally {
                lock.unlock();
            }
            satisfied.forEach(share -> share.listener.run());
        }

        /** The amount that is taken now. */
        public long taken() {
            lock.lock();
            try {
                return taken;
            } finally {
                lock.unlock();
            }
        }
    }
}
