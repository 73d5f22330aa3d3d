package dev.attache.binder.batch;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;

/**
 * Collects single entries into batches. A batch leaves when it is full, or when none is under way and all threads that
 * can run have had their turn to add to it: there is no timer, an idle worker does not wait for company, and a busy one
 * sends full batches. Each entry has a future of its own, which always ends. A batch that is refused for what is in it
 * goes again, each entry alone, so that only the bad one fails.
 *
 * <p>Entries leave in the order of their coming: a full batch in the thread that fills it, another in a virtual thread,
 * which the scheduler puts behind those that wait for a processor. They end in a virtual thread, one after the other,
 * after the full batches that waited. No lock is held while anything is called.
 */
public final class RequestBatcher<E, R> {

    /** Amazon SQS and SNS API References, "SendMessageBatch" and its sisters. */
    static final int MOST_ENTRIES = 10;

    /** The sum over a batch, by Amazon SNS API Reference, "PublishBatch". An entry that alone is larger goes alone. */
    static final int MOST_BYTES = 256 * 1024;

    /**
     * Eighty entries on their way: 4,000 a second with answers after 20 ms. More of them would keep the polls from the
     * SDK's 50 connections, which all collectors of a client share; and what waits here meanwhile makes fuller batches.
     */
    static final int MOST_UNDER_WAY = 8;

    private final BatchCall<E, R> call;

    private final ToIntFunction<E> size;

    private final Executor afterOthers;

    private final ReentrantLock lock = new ReentrantLock();

    /** Those to be sent alone come first. This and what follows is guarded by the lock. */
    private final Deque<Entry<E, R>> waiting = new ArrayDeque<>();

    private long waitingBytes;

    private int underWay;

    /** Whether what waits now will be looked at once more, full or not. */
    private boolean restWillBeSent;

    /** @param size what an entry weighs, in bytes */
    public RequestBatcher(BatchCall<E, R> call, ToIntFunction<E> size) {
        this(call, size, Thread::startVirtualThread);
    }

    /** @param afterOthers runs what it is given when those that can run already have had their turn */
    public RequestBatcher(BatchCall<E, R> call, ToIntFunction<E> size, Executor afterOthers) {
        this.call = call;
        this.size = size;
        this.afterOthers = afterOthers;
    }

    /** @return how it went for this entry. Cancelled while it waits, the entry is not sent any more */
    public CompletableFuture<R> add(E content) {
        Entry<E, R> entry = new Entry<>(content, size.applyAsInt(content), false, new CompletableFuture<>());
        lock.lock();
        try {
            waiting.addLast(entry);
            waitingBytes += entry.bytes();
        } finally {
            lock.unlock();
        }
        sendWhatMayLeave();
        return entry.result();
    }

    private void sendWhatMayLeave() {
        for (List<Entry<E, R>> batch = next(true); !batch.isEmpty(); batch = next(true)) {
            send(batch);
        }
        if (restWaitsForNothing()) {
            afterOthers.execute(this::sendTheRest);
        }
    }

    private boolean restWaitsForNothing() {
        lock.lock();
        try {
            if (underWay > 0 || waiting.isEmpty() || restWillBeSent) {
                return false;
            }
            restWillBeSent = true;
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void sendTheRest() {
        List<Entry<E, R>> rest;
        lock.lock();
        try {
            restWillBeSent = false;
            rest = next(false);
        } finally {
            lock.unlock();
        }
        if (!rest.isEmpty()) {
            send(rest);
        }
    }

    /**
     * What leaves now, if anything does.
     *
     * @param full no partial batch, though none be under way
     */
    private List<Entry<E, R>> next(boolean full) {
        lock.lock();
        try {
            if (underWay == MOST_UNDER_WAY || ((full || underWay > 0) && !isFull())) {
                return List.of();
            }
            List<Entry<E, R>> batch = take();
            if (!batch.isEmpty()) {
                underWay++;
            }
            return batch;
        } finally {
            lock.unlock();
        }
    }

    private boolean isFull() {
        return waiting.size() >= MOST_ENTRIES
                || waitingBytes >= MOST_BYTES
                || (!waiting.isEmpty() && waiting.peek().alone());
    }

    private List<Entry<E, R>> take() {
        List<Entry<E, R>> batch = new ArrayList<>(MOST_ENTRIES);
        long bytes = 0;
        for (Entry<E, R> entry = waiting.peek(); entry != null && fits(entry, batch, bytes); entry = waiting.peek()) {
            waiting.remove();
            waitingBytes -= entry.bytes();
            if (!entry.result().isDone()) {
                batch.add(entry);
                bytes += entry.bytes();
            }
        }
        return batch;
    }

    private static <E, R> boolean fits(Entry<E, R> entry, List<Entry<E, R>> batch, long bytes) {
        return batch.isEmpty()
                || (!batch.getFirst().alone() && batch.size() < MOST_ENTRIES && bytes + entry.bytes() <= MOST_BYTES);
    }

    /**
     * In a thread of its own goes what follows: the SDK's must not be held up, and calls that end at once must not
     * nest.
     */
    private void send(List<Entry<E, R>> batch) {
        var _ = call.attempt(batch.stream().map(Entry::content).toList())
                .whenComplete((answer, error) -> Thread.startVirtualThread(() -> ended(batch, answer, error)));
    }

    private void ended(List<Entry<E, R>> batch, @Nullable BatchAnswer<R> answer, @Nullable Throwable error) {
        Throwable reason = error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
        boolean again = batch.size() > 1 && refusesTheContent(reason);
        lock.lock();
        try {
            underWay--;
            if (again) {
                for (Entry<E, R> entry : batch.reversed()) {
                    waiting.addFirst(entry.byItself());
                    waitingBytes += entry.bytes();
                }
            }
        } finally {
            lock.unlock();
        }
        sendWhatMayLeave();
        if (!again) {
            for (int i = 0; i < batch.size(); i++) {
                batch.get(i).end(Integer.toString(i), answer, reason);
            }
        }
    }

    /** Not who asks, whom, or how often (401, 403, 404, 429): each entry alone would hear the same. */
    private static boolean refusesTheContent(@Nullable Throwable reason) {
        return reason instanceof AwsServiceException refusal
                && !refusal.isThrottlingException()
                && (refusal.statusCode() == 400 || refusal.statusCode() == 413);
    }

    /** @param alone it was in a batch that was refused, and must not spoil another */
    private record Entry<E, R>(E content, int bytes, boolean alone, CompletableFuture<R> result) {

        Entry<E, R> byItself() {
            return new Entry<>(content, bytes, true, result);
        }

        void end(String id, @Nullable BatchAnswer<R> answer, @Nullable Throwable error) {
            if (answer == null) {
                result.completeExceptionally(
                        error != null ? error : new IllegalStateException("A batch ended without an answer"));
            } else if (answer.taken().containsKey(id)) {
                result.complete(answer.taken().get(id));
            } else {
                Throwable reason = answer.refused().get(id);
                result.completeExceptionally(
                        reason != null
                                ? reason
                                : SdkClientException.create("The answer to a batch says nothing of its entry " + id));
            }
        }
    }
}
