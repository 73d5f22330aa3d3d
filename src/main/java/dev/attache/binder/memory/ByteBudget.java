package dev.attache.binder.memory;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * An amount of memory that several inputs share. Half of it is divided evenly among them, so that none can keep another
 * waiting; the other half is for whoever comes first. Who has taken nothing may always take once, however much: one
 * message that is larger than all of it is handled nevertheless.
 */
public final class ByteBudget {

    private static final Duration FOR_EVER = Duration.ofNanos(Long.MAX_VALUE);

    private final long bytes;

    private final ReentrantLock lock = new ReentrantLock();

    /** Guarded by the lock, and so is what shares hold. */
    private final List<Share> shares = new ArrayList<>();

    public ByteBudget(long bytes) {
        this.bytes = bytes;
    }

    /** Makes another share. */
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

    /** What is left of the half that is nobody's own. */
    private long leftForAll() {
        long beyond = 0;
        for (Share share : shares) {
            beyond += Math.max(0, share.taken - own());
        }
        return Math.max(0, bytes - bytes / 2 - beyond);
    }

    /** What one input has taken, and may take. */
    public final class Share {

        private final Condition change = lock.newCondition();

        /** Those who wait, in the order of their coming: small amounts do not overtake a large one for ever. */
        private final Deque<Thread> waiting = new ArrayDeque<>();

        private long taken;

        /** When so much can be taken the listener is called, once; 0 for never. */
        private long awaited;

        private volatile Runnable listener = () -> {};

        private Share() {}

        /**
         * @param listener is called when there is the room that {@link #awaitRoom} has asked for; it must not take long
         */
        public void onRoom(Runnable listener) {
            this.listener = listener;
        }

        private boolean mayTake(long amount) {
            return taken == 0 || amount <= Math.max(0, own() - taken) + leftForAll();
        }

        /** How many times an amount can be taken: at least once while nothing is taken. */
        public int times(long amount, int atMost) {
            lock.lock();
            try {
                long left = Math.max(0, own() - taken) + leftForAll();
                long least = taken == 0 ? 1 : 0;
                return (int) Math.min(atMost, Math.max(least, left / amount));
            } finally {
                lock.unlock();
            }
        }

        /** Calls the listener once, when so much can be taken. */
        public void awaitRoom(long amount) {
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

        /** Takes it if there is room. */
        public boolean tryTake(long amount) {
            lock.lock();
            try {
                boolean room = mayTake(amount);
                taken += room ? amount : 0;
                return room;
            } finally {
                lock.unlock();
            }
        }

        /** Takes it, room or not. */
        public void force(long amount) {
            lock.lock();
            try {
                taken += amount;
            } finally {
                lock.unlock();
            }
        }

        /** Waits for room, behind those of this share who wait already. */
        public void take(long amount) throws InterruptedException {
            take(amount, FOR_EVER);
        }

        /** @return false when there was no room for so long, and nothing is taken */
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

        /** Gives back what was taken. */
        public void release(long amount) {
            List<Share> heard = List.of();
            lock.lock();
            try {
                taken -= amount;
                for (Share share : shares) {
                    share.change.signalAll();
                    if (share.awaited > 0 && share.mayTake(share.awaited)) {
                        share.awaited = 0;
                        heard = heard.isEmpty() ? new ArrayList<>() : heard;
                        heard.add(share);
                    }
                }
            } finally {
                lock.unlock();
            }
            heard.forEach(share -> share.listener.run());
        }

        /** What is taken now. */
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
