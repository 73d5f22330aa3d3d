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
 * Collects entries into batches. A batch is sent when it is full, or when no batch is in flight and all runnable
 * threads have yielded. There is no timer: without load an entry is sent at once, and under load batches are full. Each
 * entry has a future, which always completes. If a batch is refused because of its content, its entries are sent again
 * one by one, so that only the invalid entry fails.
 *
 * <p>Entries are sent in the order in which they were added: a full batch by the thread that fills it, a partial batch
 * by a new virtual thread, which the scheduler queues behind the runnable ones. After an answer, waiting full batches
 * are sent first; then the futures complete in a virtual thread, one after the other. No lock is held during a call.
 */
public final class RequestBatcher<E, R> {

    /** Amazon SQS API Reference, "SendMessageBatch", and the other batch actions of SQS and SNS. */
    static final int MAX_ENTRIES = 10;

    /** The size of a batch (Amazon SNS API Reference, "PublishBatch"). A larger entry is sent alone. */
    static final int MAX_BYTES = 256 * 1024;

    /**
     * Batches in flight. With more, too few of the SDK's 50 connections, which a client's batchers share, would be left
     * for receives. Entries that wait meanwhile make batches fuller.
     */
    static final int MAX_IN_FLIGHT = 8;

    private final BatchCall<E, R> call;

    private final ToIntFunction<E> size;

    private final Executor afterOthers;

    private final ReentrantLock lock = new ReentrantLock();

    /** Entries that are sent alone come first. The lock guards this field and those below. */
    private final Deque<Entry<E, R>> waiting = new ArrayDeque<>();

    private long waitingBytes;

    private int inFlight;

    /** Whether {@link #sendPartialBatch} is scheduled. */
    private boolean partialBatchScheduled;

    /** @param size the size of an entry in bytes */
    public RequestBatcher(BatchCall<E, R> call, ToIntFunction<E> size) {
        this(call, size, Thread::startVirtualThread);
    }

    /** @param afterOthers runs a task after the threads that are runnable now */
    public RequestBatcher(BatchCall<E, R> call, ToIntFunction<E> size, Executor afterOthers) {
        this.call = call;
        this.size = size;
        this.afterOthers = afterOthers;
    }

    /** @return the result of the entry. If it is cancelled while the entry waits, the entry is not sent */
    public CompletableFuture<R> add(E content) {
        Entry<E, R> entry = new Entry<>(content, size.applyAsInt(content), false, new CompletableFuture<>());
        lock.lock();
        try {
            waiting.addLast(entry);
            waitingBytes += entry.bytes();
        } finally {
            lock.unlock();
        }
        sendFullBatches();
        return entry.result();
    }

    private void sendFullBatches() {
        for (List<Entry<E, R>> batch = next(true); !batch.isEmpty(); batch = next(true)) {
            send(batch);
        }
        if (schedulePartialBatch()) {
            afterOthers.execute(this::sendPartialBatch);
        }
    }

    private boolean schedulePartialBatch() {
        lock.lock();
        try {
            if (inFlight > 0 || waiting.isEmpty() || partialBatchScheduled) {
                return false;
            }
            partialBatchScheduled = true;
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void sendPartialBatch() {
        List<Entry<E, R>> batch;
        lock.lock();
        try {
            partialBatchScheduled = false;
            batch = next(false);
        } finally {
            lock.unlock();
        }
        if (!batch.isEmpty()) {
            send(batch);
        }
    }

    /**
     * Takes the next batch; empty if none may be sent now.
     *
     * @param fullOnly whether to take no partial batch, even if no batch is in flight
     */
    private List<Entry<E, R>> next(boolean fullOnly) {
        lock.lock();
        try {
            if (inFlight == MAX_IN_FLIGHT || ((fullOnly || inFlight > 0) && !isFull())) {
                return List.of();
            }
            List<Entry<E, R>> batch = take();
            if (!batch.isEmpty()) {
                inFlight++;
            }
            return batch;
        } finally {
            lock.unlock();
        }
    }

    private boolean isFull() {
        return waiting.size() >= MAX_ENTRIES
                || waitingBytes >= MAX_BYTES
                || (!waiting.isEmpty() && waiting.peek().alone());
    }

    private List<Entry<E, R>> take() {
        List<Entry<E, R>> batch = new ArrayList<>(MAX_ENTRIES);
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
                || (!batch.getFirst().alone() && batch.size() < MAX_ENTRIES && bytes + entry.bytes() <= MAX_BYTES);
    }

    /**
     * The answer is handled in a new thread: the SDK's thread must not block, and calls that complete at once must not
     * recurse.
     */
    private void send(List<Entry<E, R>> batch) {
        var _ = call.attempt(batch.stream().map(Entry::content).toList())
                .whenComplete((answer, error) -> Thread.startVirtualThread(() -> complete(batch, answer, error)));
    }

    private void complete(List<Entry<E, R>> batch, @Nullable BatchAnswer<R> answer, @Nullable Throwable error) {
        Throwable reason = error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
        boolean oneByOne = batch.size() > 1 && isAboutContent(reason);
        lock.lock();
        try {
            inFlight--;
            if (oneByOne) {
                for (Entry<E, R> entry : batch.reversed()) {
                    waiting.addFirst(entry.toSendAlone());
                    waitingBytes += entry.bytes();
                }
            }
        } finally {
            lock.unlock();
        }
        sendFullBatches();
        if (!oneByOne) {
            for (int i = 0; i < batch.size(); i++) {
                batch.get(i).complete(Integer.toString(i), answer, reason);
            }
        }
    }

    /**
     * Whether the batch was refused because of its content. After a refusal because of permissions, the destination or
     * throttling (401, 403, 404, 429), each entry alone would be refused as well.
     */
    private static boolean isAboutContent(@Nullable Throwable reason) {
        return reason instanceof AwsServiceException refusal
                && !refusal.isThrottlingException()
                && (refusal.statusCode() == 400 || refusal.statusCode() == 413);
    }

    /** @param alone whether to send it alone, because its batch was refused */
    private record Entry<E, R>(E content, int bytes, boolean alone, CompletableFuture<R> result) {

        Entry<E, R> toSendAlone() {
            return new Entry<>(content, bytes, true, result);
        }

        void complete(String id, @Nullable BatchAnswer<R> answer, @Nullable Throwable error) {
            if (answer == null) {
                result.completeExceptionally(
                        error != null ? error : new IllegalStateException("A batch ended without an answer"));
            } else if (answer.accepted().containsKey(id)) {
                result.complete(answer.accepted().get(id));
            } else {
                Throwable reason = answer.refused().get(id);
                result.completeExceptionally(
                        reason != null
                                ? reason
                                : SdkClientException.create("The answer to a batch lacks its entry " + id));
            }
        }
    }
}
