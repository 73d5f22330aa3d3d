package dev.attache.binder.inbound;

import dev.attache.binder.message.InboundQueue;
import dev.attache.binder.message.ReceivedMessage;
import dev.attache.binder.settings.SqsConsumerProperties;
import io.awspring.cloud.sqs.listener.MessageListener;
import io.awspring.cloud.sqs.listener.QueueNotFoundStrategy;
import io.awspring.cloud.sqs.listener.SqsMessageListenerContainer;
import io.awspring.cloud.sqs.listener.acknowledgement.handler.AcknowledgementMode;
import java.time.Duration;
import java.util.List;
import org.springframework.core.task.TaskExecutor;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/** Creates the container of Spring Cloud AWS that polls an input's queue. */
final class InputContainer {

    /** The messages in flight are drained before the container stops, so it has nothing to wait for. */
    private static final Duration CONTAINER_STOP = Duration.ofSeconds(1);

    /**
     * The longest wait of the polling thread for a free permit. A container that stops takes all permits, and the
     * thread may then wait twice as long before it ends.
     */
    private static final Duration PERMIT_WAIT = Duration.ofSeconds(1);

    /** Amazon SQS API Reference, "ReceiveMessage". */
    private static final int MAX_PER_POLL = 10;

    private InputContainer() {}

    /** @param listener is required by the container, but only the sink of {@code polling} calls it */
    static SqsMessageListenerContainer<ReceivedMessage> create(
            InboundContext context,
            InboundQueue queue,
            SqsConsumerProperties properties,
            MessageListener<ReceivedMessage> listener,
            TaskExecutor threads,
            PollingSource.Factory polling) {
        SqsMessageListenerContainer<ReceivedMessage> container = new SqsMessageListenerContainer<>(context.sqs());
        container.setId("sqs-" + queue.name());
        container.setQueueNames(queue.url());
        container.configure(options -> options.queueNotFoundStrategy(QueueNotFoundStrategy.FAIL)
                .messageSystemAttributeNames(List.of(
                        MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT,
                        MessageSystemAttributeName.SENDER_ID,
                        MessageSystemAttributeName.SENT_TIMESTAMP))
                .messageConverter(new RawMessageConverter(queue, context.statements(), context.clock()))
                .acknowledgementMode(AcknowledgementMode.MANUAL)
                .maxMessagesPerPoll(Math.min(MAX_PER_POLL, properties.getMaxInFlight()))
                .maxConcurrentMessages(properties.getMaxInFlight())
                .messageVisibility(queue.visibilityTimeout())
                .pollTimeout(properties.getPollTimeout())
                .maxDelayBetweenPolls(PERMIT_WAIT)
                .componentsTaskExecutor(threads)
                .listenerShutdownTimeout(CONTAINER_STOP));
        container.setComponentFactories(List.of(polling));
        container.setMessageListener(listener);
        return container;
    }
}
