package dev.attache.flows;

import io.awspring.cloud.autoconfigure.AwsSyncClientCustomizer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/** Records the calls of a worker and the responses. A bean of that worker. */
final class CallRecorder implements AwsSyncClientCustomizer, ExecutionInterceptor {

    private final List<SdkRequest> requests = new CopyOnWriteArrayList<>();

    private final List<SdkResponse> responses = new CopyOnWriteArrayList<>();

    @Override
    public void customize(AwsSyncClientBuilder<?, ?> builder) {
        if (builder instanceof AwsClientBuilder<?, ?> client) {
            client.overrideConfiguration(client.overrideConfiguration().toBuilder()
                    .addExecutionInterceptor(this)
                    .build());
        }
    }

    /** Records the request of the worker, before interceptors change it. */
    @Override
    public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
        requests.add(context.request());
    }

    @Override
    public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
        responses.add(context.response());
    }

    <T extends SdkRequest> List<T> requests(Class<T> kind) {
        return requests.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    <T extends SdkResponse> List<T> responses(Class<T> kind) {
        return responses.stream().filter(kind::isInstance).map(kind::cast).toList();
    }
}
