package dev.attache.binder.message;

import dev.attache.binder.batch.BatchCall;
import dev.attache.binder.batch.RequestBatcher;
import dev.attache.binder.metrics.BinderMeters;
import dev.attache.binder.metrics.CallMeters;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

/**
 * The calls of one queue: deletions, releases and extensions in batches, and single copies to the dead-letter queue.
 */
public final class QueueCalls {

    private final SqsAsyncClient sqs;

    private final RequestBatcher<String, ?> deletes;

    private final RequestBatcher<VisibilityBatch.Change, ?> releases;

    private final BatchCall<VisibilityBatch.Change, ?> extensions;

    private final CallMeters meters;

    /** The releases in flight. */
    private final Set<CompletableFuture<?>> pendingReleases = ConcurrentHashMap.newKeySet();

    public QueueCalls(SqsAsyncClient sqs, InboundQueue queue, CallMeters meters) {
        this(sqs, queue, meters, Thread::startVirtualThread);
    }

    /** Calls that are not measured. */
    public QueueCalls(SqsAsyncClient sqs, InboundQueue queue, Executor afterOthers) {
        this(sqs, queue, BinderMeters.NONE.calls("sqs", queue.name()), afterOthers);
    }

    /** @param afterOthers as in {@link RequestBatcher} */
    private QueueCalls(SqsAsyncClient sqs, InboundQueue queue, CallMeters meters, Executor afterOthers) {
        this.sqs = sqs;
        this.meters = meters;
        VisibilityBatch visibility = new VisibilityBatch(sqs, queue.url());
        this.extensions = meters.measured("extend", visibility);
        // These entries have no body: only their number is limited.
        this.deletes = new RequestBatcher<>(
                meters.measured("delete", new DeleteBatch(sqs, queue.url())), receiptHandle -> 0, afterOthers);
        this.releases = new RequestBatcher<>(meters.measured("release", visibility), change -> 0, afterOthers);
    }

    /** Deletes the message. If this fails, its lease continues. */
    public CompletableFuture<?> delete(ReceivedMessage message) {
        var _ = message.lease().end();
        return deletes.add(message.receiptHandle()).whenComplete((done, error) -> {
            if (error != null) {
                message.lease().resume();
            }
        });
    }

    /**
     * Makes the message visible again after a time, in whole seconds. Waits for an extension in flight, which could
     * otherwise take effect after the release.
     */
    @SuppressWarnings("UndefinedEquals") // Futures are compared by identity.
    public CompletableFuture<?> release(ReceivedMessage message, Duration after) {
        CompletableFuture<?> release = message.lease()
                .end()
                .thenCompose(extended -> releases.add(new VisibilityBatch.Change(message.receiptHandle(), after)));
        pendingReleases.add(release);
        var _ = release.whenComplete((done, error) -> pendingReleases.remove(release));
        return release;
    }

    /** Waits for the releases in flight. */
    public void awaitReleases(Duration atMost) {
        try {
            CompletableFuture.allOf(pendingReleases.toArray(CompletableFuture[]::new))
                    .get(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            // The messages become visible after their visibility timeout; a failure is reported where they were
            // released.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Extends the visibility timeout of ten messages at most.
     *
     * @param timeout how long they stay invisible from now on
     * @return the ids of the messages for which it failed
     */
    public CompletableFuture<List<String>> extend(List<ReceivedMessage> messages, Duration timeout) {
        return extensions
                .attempt(messages.stream()
                        .map(message -> new VisibilityBatch.Change(message.receiptHandle(), timeout))
                        .toList())
                .thenApply(answer -> answer.refused().keySet().stream()
                        .map(id -> messages.get(Integer.parseInt(id)).id())
                        .toList());
    }

    /** Sends a copy of the message with its unchanged body. */
    public CompletableFuture<?> copyTo(
            String queueUrl, ReceivedMessage message, Map<String, MessageAttributeValue> attributes) {
        long since = System.nanoTime();
        return sqs.sendMessage(request -> request.queueUrl(queueUrl)
                        .messageBody(message.sqs().body())
                        .messageAttributes(attributes))
                .whenComplete((done, error) -> meters.ended("dead-letter", 1, since, error));
    }
}
