package dev.attache.binder;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import software.amazon.awssdk.services.sns.SnsAsyncClient;
import software.amazon.awssdk.services.sns.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;
import software.amazon.awssdk.services.sns.model.PublishBatchRequestEntry;
import software.amazon.awssdk.services.sns.model.PublishBatchResultEntry;

/** Publishes to an SNS topic. */
record PublishBatch(SnsAsyncClient sns, String topicArn) implements BatchCall<Outgoing, PublishBatchResultEntry> {

    @Override
    public CompletableFuture<BatchAnswer<PublishBatchResultEntry>> send(List<Outgoing> messages) {
        List<PublishBatchRequestEntry> entries = new ArrayList<>(messages.size());
        for (Outgoing message : messages) {
            entries.add(PublishBatchRequestEntry.builder().id(Integer.toString(entries.size())).message(message.body())
                    .messageAttributes(attributes(message)).build());
        }
        return sns.publishBatch(request -> request.topicArn(topicArn).publishBatchRequestEntries(entries))
                .thenApply(answer -> BatchAnswer.of(answer.successful(), PublishBatchResultEntry::id, answer.failed(),
                        BatchResultErrorEntry::id, EntryRefusal::of));
    }

    private static Map<String, MessageAttributeValue> attributes(Outgoing message) {
        Map<String, MessageAttributeValue> attributes = new LinkedHashMap<>();
        message.attributes().forEach((name, value) -> attributes.put(name,
                MessageAttributeValue.builder().dataType(Outgoing.TYPE).stringValue(value).build()));
        return attributes;
    }
}
