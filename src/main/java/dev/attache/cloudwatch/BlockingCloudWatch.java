package dev.attache.cloudwatch;

import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.services.cloudwatch.CloudWatchAsyncClient;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricDataRequest;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricDataResponse;

/** The client that Micrometer needs. It calls in the thread of Micrometer, which waits for the answer anyway. */
record BlockingCloudWatch(CloudWatchClient cloudWatch) implements CloudWatchAsyncClient {

    @Override
    public CompletableFuture<PutMetricDataResponse> putMetricData(PutMetricDataRequest request) {
        try {
            return CompletableFuture.completedFuture(cloudWatch.putMetricData(request));
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    @Override
    public String serviceName() {
        return cloudWatch.serviceName();
    }

    @Override
    public void close() {
        cloudWatch.close();
    }
}
