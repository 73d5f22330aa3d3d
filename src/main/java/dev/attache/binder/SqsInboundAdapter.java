package dev.attache.binder;

import java.time.Clock;
import java.time.Duration;
import java.util.List;

import io.awspring.cloud.sqs.listener.MessageListener;
import io.awspring.cloud.sqs.listener.QueueNotFoundStrategy;
import io.awspring.cloud.sqs.listener.SqsMessageListenerContainer;
import io.awspring.cloud.sqs.listener.acknowledgement.handler.AcknowledgementMode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.task.TaskExecutor;
import org.springframework.core.task.VirtualThreadTaskExecutor;
import org.springframework.integration.endpoint.MessageProducerSupport;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/**
 * The beginning of an input: receives from a queue, and handles each message on a virtual thread of its own. A stop cancels
 * the polls under way, finishes what is in hand within a bound, and makes visible again what it could not finish.
 */
class SqsInboundAdapter extends MessageProducerSupport {

    private static final Logger log = LoggerFactory.getLogger(SqsInboundAdapter.class);

    /** Draining is done before the container stops, so that it finds nothing left to wait for. */
    private static final Duration CONTAINER_STOP = Duration.ofSeconds(1);

    /** What goes back at the end of the drain needs a moment more. */
    private static final Duration LAST_RELEASES = Duration.ofSeconds(2);

    /** Amazon SQS API Reference, "ReceiveMessage". */
    private static final int MOST_PER_POLL = 10;

    private final SqsAsyncClient sqs;

    private final InboundQueue queue;

    private final SqsConsumerProperties properties;

    private final QueueCalls calls;

    private final FailurePolicy failures;

    private final Handling handling;

    private final DrainDeadline deadline;

    private final InHand inHand = new InHand();

    private final PollGate gate;

    private final Heartbeat heartbeat;

    private final PollingSource.Factory polling;

    private final SqsMessageListenerContainer<ReceivedMessage> container;

    SqsInboundAdapter(SqsAsyncClient sqs, InboundQueue queue, SqsConsumerProperties properties, QueueCalls calls,
            FailurePolicy failures, PollGate gate, Outcomes outcomes, DrainDeadline deadline, Clock clock) {
        this.sqs = sqs;
        this.queue = queue;
        this.properties = properties;
        this.calls = calls;
        this.failures = failures;
        this.deadline = deadline;
        this.gate = gate;
        this.heartbeat = new Heartbeat(queue, inHand::messages, calls, clock);
        this.handling = new Handling(this::sendMessage, properties, failures, calls, gate, outcomes);
        TaskExecutor threads = new VirtualThreadTaskExecutor("sqs-" + queue.name() + "-");
        MessageListener<ReceivedMessage> listener = message -> receive(message.getPayload());
        this.polling = new PollingSource.Factory(gate, new ThreadPerMessage(listener, threads));
        this.container = container(listener, threads, clock);
    }

    @Override
    public String getComponentType() {
        return "sqs:inbound-channel-adapter";
    }

    private SqsMessageListenerContainer<ReceivedMessage> container(MessageListener<ReceivedMessage> listener, TaskExecutor threads,
            Clock clock) {
        SqsMessageListenerContainer<ReceivedMessage> made = new SqsMessageListenerContainer<>(sqs);
        made.setId("sqs-" + queue.name());
        made.setQueueNames(queue.name());
        made.configure(options -> options
                .queueNotFoundStrategy(QueueNotFoundStrategy.FAIL)
                .messageSystemAttributeNames(List.of(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT,
                        MessageSystemAttributeName.SENDER_ID))
                .messageConverter(new RawMessageConverter(queue, clock))
                .acknowledgementMode(AcknowledgementMode.MANUAL)
                .maxMessagesPerPoll(Math.min(MOST_PER_POLL, properties.getMaxInFlight()))
                .maxConcurrentMessages(properties.getMaxInFlight())
                .pollTimeout(properties.getPollTimeout())
                .componentsTaskExecutor(threads)
                .listenerShutdownTimeout(CONTAINER_STOP));
        made.setComponentFactories(List.of(polling));
        // Required, but it is the sink of this factory's that calls it.
        made.setMessageListener(listener);
        return made;
    }

    private void receive(ReceivedMessage message) {
        if (!inHand.take(message)) {
            failures.release(message, Duration.ZERO);
            return;
        }
        try {
            handling.handle(message);
        } finally {
            inHand.putDown(message);
        }
    }

    @Override
    protected void doStart() {
        inHand.open();
        gate.start();
        heartbeat.start();
        container.start();
    }

    @Override
    protected void doStop() {
        stopPolling();
        List<ReceivedMessage> unfinished = inHand.drain(deadline.left(properties.getDrainTimeout()));
        for (ReceivedMessage message : unfinished) {
            log.warn("Message {} of {} was not finished before the stop, and becomes visible again", message.id(),
                    queue.name());
            failures.release(message, Duration.ZERO);
        }
        heartbeat.stop();
        polling.source().letGo();
        container.stop();
        calls.awaitReleases(deadline.left(properties.getDrainTimeout().plus(LAST_RELEASES)));
    }

    /** Receives nothing more, and returns without waiting for anything. */
    void stopPolling() {
        inHand.close();
        polling.source().endPolls();
        gate.stop();
    }
}
