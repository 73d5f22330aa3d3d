package dev.attache.binder.message;

import dev.attache.binder.batch.RequestBatcher;
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
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

/** The calls that end a message's stay in our hands, or prolong it. One for each queue: they share batches. */
public final class QueueCalls {

    private final SqsAsyncClient sqs;

    private final RequestBatcher<String, ?> deletes;

    private final RequestBatcher<VisibilityBatch.Change, ?> releases;

    private final VisibilityBatch visibility;

    /** The releases that have not ended. */
    private final Set<CompletableFuture<?>> underWay = ConcurrentHashMap.newKeySet();

    public QueueCalls(SqsAsyncClient sqs, InboundQueue queue) {
        this(sqs, queue, Thread::startVirtualThread);
    }

    /** @param afterOthers as {@link RequestBatcher} has it */
    public QueueCalls(SqsAsyncClient sqs, InboundQueue queue, Executor afterOthers) {
        this.sqs = sqs;
        this.visibility = new VisibilityBatch(sqs, queue.url());
        // Only what carries bodies is bounded in bytes.
        this.deletes = new RequestBatcher<>(new DeleteBatch(sqs, queue.url()), receiptHandle -> 0, afterOthers);
        this.releases = new RequestBatcher<>(visibility, change -> 0, afterOthers);
    }

    /** Acknowledges: the message is gone. When this fails its hold goes on. */
    public CompletableFuture<?> delete(ReceivedMessage message) {
        var _ = message.hold().end();
        return deletes.add(message.receiptHandle()).whenComplete((done, error) -> {
            if (error != null) {
                message.hold().resume();
            }
        });
    }

    /**
     * Makes the message visible again after this long, in whole seconds. An extension that is on its way is waited for:
     * it would otherwise undo this.
     */
    @SuppressWarnings("UndefinedEquals") // A future is known by its identity.
    public CompletableFuture<?> release(ReceivedMessage message, Duration after) {
        CompletableFuture<?> release = message.hold()
                .end()
                .thenCompose(extended -> releases.add(new VisibilityBatch.Change(message.receiptHandle(), after)));
        underWay.add(release);
        var _ = release.whenComplete((done, error) -> underWay.remove(release));
        return release;
    }

    /** Waits for the releases that have begun: nobody else does. */
    public void awaitReleases(Duration atMost) {
        try {
            CompletableFuture.allOf(underWay.toArray(CompletableFuture[]::new))
                    .get(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            // The queue's own timeout makes them visible; whoever released them says so.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Keeps the messages, ten at most, invisible for this long from now.
     *
     * @return the ids of those for which it did not work
     */
    public CompletableFuture<List<String>> extend(List<ReceivedMessage> messages, Duration timeout) {
        return visibility
                .attempt(messages.stream()
                        .map(message -> new VisibilityBatch.Change(message.receiptHandle(), timeout))
                        .toList())
                .thenApply(answer -> answer.refused().keySet().stream()
                        .map(id -> messages.get(Integer.parseInt(id)).id())
                        .toList());
    }

    /** Sends a copy of the message, with its body as it came. */
    public CompletableFuture<?> copyTo(
            @Nullable String queueUrl, ReceivedMessage message, Map<String, MessageAttributeValue> attributes) {
        return sqs.sendMessage(request ->
                request.queueUrl(queueUrl).messageBody(message.sqs().body()).messageAttributes(attributes));
    }
}
