package dev.attache.binder.outbound;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import software.amazon.awssdk.services.sns.SnsAsyncClient;
import software.amazon.awssdk.services.sns.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sns.model.PublishBatchRequest;
import software.amazon.awssdk.services.sns.model.PublishBatchResponse;
import software.amazon.awssdk.services.sns.model.PublishBatchResultEntry;

/** An SNS that records its calls in their order, and refuses the entries that a test names. */
public final class RecordedSns implements SnsAsyncClient {

    public final List<PublishBatchRequest> calls = new CopyOnWriteArrayList<>();

    public final List<BatchResultErrorEntry> refused = new CopyOnWriteArrayList<>();

    @Override
    public CompletableFuture<PublishBatchResponse> publishBatch(PublishBatchRequest request) {
        calls.add(request);
        List<String> ids = refused.stream().map(BatchResultErrorEntry::id).toList();
        return CompletableFuture.completedFuture(PublishBatchResponse.builder()
                .failed(refused)
                .successful(request.publishBatchRequestEntries().stream()
                        .filter(entry -> !ids.contains(entry.id()))
                        .map(entry -> PublishBatchResultEntry.builder()
                                .id(entry.id())
                                .messageId("sns-" + entry.id())
                                .build())
                        .toList())
                .build());
    }

    @Override
    public String serviceName() {
        return "sns";
    }

    @Override
    public void close() {}
}
