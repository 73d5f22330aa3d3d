package dev.attache.reliability.worker;

import io.awspring.cloud.autoconfigure.AwsSyncClientCustomizer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.sqs.SqsClientBuilder;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageRequest;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageResponse;

/** Records when a worker received each message. A bean of that worker. */
public final class ReceiveRecorder implements AwsSyncClientCustomizer, ExecutionInterceptor {

    private final Map<String, List<Instant>> receives = new ConcurrentHashMap<>();

    @Override
    public void customize(AwsSyncClientBuilder<?, ?> builder) {
        if (builder instanceof SqsClientBuilder sqs) {
            sqs.overrideConfiguration(sqs.overrideConfiguration().toBuilder()
                    .addExecutionInterceptor(this)
                    .build());
        }
    }

    @Override
    public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
        if (context.request() instanceof ReceiveMessageRequest asked
                && context.response() instanceof ReceiveMessageResponse got) {
            var queue = asked.queueUrl().substring(asked.queueUrl().lastIndexOf('/') + 1);
            got.messages()
                    .forEach(message -> receives.computeIfAbsent(
                                    queue + " " + message.messageId(), id -> new CopyOnWriteArrayList<>())
                            .add(Instant.now()));
        }
    }

    /** The times at which each message was received, by queue and message id, since the last call. */
    public Map<String, List<Instant>> sinceLastLook() {
        var all = Map.copyOf(receives);
        receives.keySet().removeAll(all.keySet());
        return all;
    }
}
