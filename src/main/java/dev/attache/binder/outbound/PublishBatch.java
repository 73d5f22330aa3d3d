package dev.attache.binder.outbound;

import dev.attache.binder.batch.BatchAnswer;
import dev.attache.binder.batch.BatchCall;
import dev.attache.binder.batch.EntryRefusal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.services.sns.SnsAsyncClient;
import software.amazon.awssdk.services.sns.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;
import software.amazon.awssdk.services.sns.model.PublishBatchRequestEntry;
import software.amazon.awssdk.services.sns.model.PublishBatchResultEntry;

/** Publishes to an SNS topic. */
public record PublishBatch(SnsAsyncClient sns, String topicArn)
        implements BatchCall<OutboundEntry, PublishBatchResultEntry> {

    @Override
    public CompletableFuture<BatchAnswer<PublishBatchResultEntry>> send(List<OutboundEntry> messages) {
        List<PublishBatchRequestEntry> entries = new ArrayList<>(messages.size());
        for (OutboundEntry message : messages) {
            entries.add(PublishBatchRequestEntry.builder()
                    .id(Integer.toString(entries.size()))
                    .message(message.body())
                    .messageAttributes(message.attributesAs(PublishBatch::attribute))
                    .build());
        }
        return sns.publishBatch(request -> request.topicArn(topicArn).publishBatchRequestEntries(entries))
                .thenApply(answer -> BatchAnswer.of(
                        answer.successful(),
                        PublishBatchResultEntry::id,
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
