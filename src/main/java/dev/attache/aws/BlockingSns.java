package dev.attache.aws;

import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.services.sns.SnsAsyncClient;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.SnsServiceClientConfiguration;
import software.amazon.awssdk.services.sns.model.ListTopicsRequest;
import software.amazon.awssdk.services.sns.model.ListTopicsResponse;
import software.amazon.awssdk.services.sns.model.PublishBatchRequest;
import software.amazon.awssdk.services.sns.model.PublishBatchResponse;

/** Like {@link BlockingSqs}, for SNS. */
public final class BlockingSns implements SnsAsyncClient {

    private final SnsClient sns;

    private final BlockingCalls calls = new BlockingCalls("sns");

    /** @param sns is closed with this client */
    public BlockingSns(SnsClient sns) {
        this.sns = sns;
    }

    @Override
    public CompletableFuture<ListTopicsResponse> listTopics(ListTopicsRequest request) {
        return calls.start(() -> sns.listTopics(request));
    }

    @Override
    public CompletableFuture<PublishBatchResponse> publishBatch(PublishBatchRequest request) {
        return calls.start(() -> sns.publishBatch(request));
    }

    @Override
    public SnsServiceClientConfiguration serviceClientConfiguration() {
        return sns.serviceClientConfiguration();
    }

    @Override
    public String serviceName() {
        return sns.serviceName();
    }

    @Override
    public void close() {
        calls.close();
        sns.close();
    }
}
