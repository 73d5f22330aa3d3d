package dev.attache.binder;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResultEntry;

/** Sends to an SQS queue. */
record SendBatch(SqsAsyncClient sqs, String queueUrl) implements BatchCall<Outgoing, SendMessageBatchResultEntry> {

    @Override
    public CompletableFuture<BatchAnswer<SendMessageBatchResultEntry>> send(List<Outgoing> messages) {
        List<SendMessageBatchRequestEntry> entries = new ArrayList<>(messages.size());
        for (Outgoing message : messages) {
            entries.add(SendMessageBatchRequestEntry.builder().id(Integer.toString(entries.size())).messageBody(message.body())
                    .messageAttributes(attributes(message)).build());
        }
        return sqs.sendMessageBatch(request -> request.queueUrl(queueUrl).entries(entries))
                .thenApply(answer -> BatchAnswer.of(answer.successful(), SendMessageBatchResultEntry::id, answer.failed(),
                        BatchResultErrorEntry::id, EntryRefusal::of));
    }

    private static Map<String, MessageAttributeValue> attributes(Outgoing message) {
        Map<String, MessageAttributeValue> attributes = new LinkedHashMap<>();
        message.attributes().forEach((name, value) -> attributes.put(name,
                MessageAttributeValue.builder().dataType(Outgoing.TYPE).stringValue(value).build()));
        return attributes;
    }
}
