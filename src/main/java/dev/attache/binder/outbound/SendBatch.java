package dev.attache.binder.outbound;

import dev.attache.binder.batch.BatchAnswer;
import dev.attache.binder.batch.BatchCall;
import dev.attache.binder.batch.EntryRefusal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResultEntry;

/** Sends to an SQS queue. */
public record SendBatch(SqsAsyncClient sqs, String queueUrl)
        implements BatchCall<OutboundEntry, SendMessageBatchResultEntry> {

    @Override
    public CompletableFuture<BatchAnswer<SendMessageBatchResultEntry>> send(List<OutboundEntry> messages) {
        List<SendMessageBatchRequestEntry> entries = new ArrayList<>(messages.size());
        for (OutboundEntry message : messages) {
            entries.add(SendMessageBatchRequestEntry.builder()
                    .id(Integer.toString(entries.size()))
                    .messageBody(message.body())
                    .messageAttributes(message.attributesAs(SendBatch::attribute))
                    .build());
        }
        return sqs.sendMessageBatch(request -> request.queueUrl(queueUrl).entries(entries))
                .thenApply(answer -> BatchAnswer.of(
                        answer.successful(),
                        SendMessageBatchResultEntry::id,
                        answer.failed(),
                        BatchResultErrorEntry::id,
                        EntryRefusal::of));
    }

    private static MessageAttributeValue attribute(String value) {
        return MessageAttributeValue.builder()
                .dataType(OutboundEntry.TYPE)
                .stringValue(value)
                .build();
    }
}
