package dev.attache.binder.message;

import dev.attache.binder.batch.BatchAnswer;
import dev.attache.binder.batch.BatchCall;
import dev.attache.binder.batch.EntryRefusal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchResultEntry;

/** Deletes from an SQS queue, by receipt handles. */
record DeleteBatch(SqsAsyncClient sqs, String queueUrl) implements BatchCall<String, DeleteMessageBatchResultEntry> {

    @Override
    public CompletableFuture<BatchAnswer<DeleteMessageBatchResultEntry>> send(List<String> receiptHandles) {
        List<DeleteMessageBatchRequestEntry> entries = new ArrayList<>(receiptHandles.size());
        for (String receiptHandle : receiptHandles) {
            entries.add(DeleteMessageBatchRequestEntry.builder()
                    .id(Integer.toString(entries.size()))
                    .receiptHandle(receiptHandle)
                    .build());
        }
        return sqs.deleteMessageBatch(request -> request.queueUrl(queueUrl).entries(entries))
                .thenApply(answer -> BatchAnswer.of(
                        answer.successful(),
                        DeleteMessageBatchResultEntry::id,
                        answer.failed(),
                        BatchResultErrorEntry::id,
                        EntryRefusal::of));
    }
}
