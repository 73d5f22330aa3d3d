package dev.attache.reliability.worker;

import io.awspring.cloud.autoconfigure.AwsSyncClientCustomizer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.sqs.SqsClientBuilder;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageRequest;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageResponse;

/** Records when a worker received each message. A bean of that worker. */
public final class ReceiveRecorder implements AwsSyncClientCustomizer, ExecutionInterceptor {

    private final Map<String, List<Instant>> receives = new ConcurrentHashMap<>();
    private final Map<String, Integer> waiting = new ConcurrentHashMap<>();

    @Override
    public void customize(AwsSyncClientBuilder<?, ?> builder) {
        if (builder instanceof SqsClientBuilder sqs) {
            sqs.overrideConfiguration(sqs.overrideConfiguration().toBuilder()
                    .addExecutionInterceptor(this)
                    .build());
        }
    }

    @Override
    public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
        count(context.request(), 1);
    }

    @Override
    public void onExecutionFailure(Context.FailedExecution context, ExecutionAttributes attributes) {
        count(context.request(), -1);
    }

    private void count(SdkRequest request, int change) {
        if (request instanceof ReceiveMessageRequest asked) {
            waiting.merge(name(asked), change, Integer::sum);
        }
    }

    private static String name(ReceiveMessageRequest asked) {
        return asked.queueUrl().substring(asked.queueUrl().lastIndexOf('/') + 1);
    }

    @Override
    public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
        if (context.request() instanceof ReceiveMessageRequest asked
                && context.response() instanceof ReceiveMessageResponse got) {
            count(asked, -1);
            var queue = name(asked);
            got.messages()
                    .forEach(message -> receives.computeIfAbsent(
                                    queue + " " + message.messageId(), id -> new CopyOnWriteArrayList<>())
                            .add(Instant.now()));
        }
    }

    /** Whether the worker waits for messages of a queue at this moment. */
    public boolean isReceiving(String queue) {
        return waiting.getOrDefault(queue, 0) > 0;
    }

    /** The times at which each message was received, by queue and message id, since the last call. */
    public Map<String, List<Instant>> sinceLastLook() {
        var all = Map.copyOf(receives);
        receives.keySet().removeAll(all.keySet());
        return all;
    }
}
