package dev.attache.binder.message;

import dev.attache.binder.batch.BatchAnswer;
import dev.attache.binder.batch.BatchCall;
import dev.attache.binder.batch.EntryRefusal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchResultEntry;

/** Changes when messages of an SQS queue become visible again. */
record VisibilityBatch(SqsAsyncClient sqs, String queueUrl)
        implements BatchCall<VisibilityBatch.Change, ChangeMessageVisibilityBatchResultEntry> {

    /** @param timeout counted from now, in whole seconds */
    record Change(String receiptHandle, Duration timeout) {}

    @Override
    public CompletableFuture<BatchAnswer<ChangeMessageVisibilityBatchResultEntry>> send(List<Change> changes) {
        List<ChangeMessageVisibilityBatchRequestEntry> entries = new ArrayList<>(changes.size());
        for (Change change : changes) {
            entries.add(ChangeMessageVisibilityBatchRequestEntry.builder()
                    .id(Integer.toString(entries.size()))
                    .receiptHandle(change.receiptHandle())
                    .visibilityTimeout(Math.toIntExact(change.timeout().toSeconds()))
                    .build());
        }
        return sqs.changeMessageVisibilityBatch(
                        request -> request.queueUrl(queueUrl).entries(entries))
                .thenApply(answer -> BatchAnswer.of(
                        answer.successful(),
                        ChangeMessageVisibilityBatchResultEntry::id,
                        answer.failed(),
                        BatchResultErrorEntry::id,
                        EntryRefusal::of));
    }
}
