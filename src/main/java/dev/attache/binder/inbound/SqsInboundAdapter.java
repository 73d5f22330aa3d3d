package dev.attache.binder.inbound;

import dev.attache.binder.failure.DeadLetters;
import dev.attache.binder.failure.FailureClassifier;
import dev.attache.binder.failure.MessageMetrics;
import dev.attache.binder.failure.RejectionListener;
import dev.attache.binder.gate.Gate;
import dev.attache.binder.gate.ProbeScheduler;
import dev.attache.binder.gate.StopSignal;
import dev.attache.binder.memory.BytesInFlight;
import dev.attache.binder.message.InboundQueue;
import dev.attache.binder.message.QueueCalls;
import dev.attache.binder.message.ReceivedMessage;
import dev.attache.binder.message.SenderAttestation;
import dev.attache.binder.settings.SqsConsumerProperties;
import io.awspring.cloud.sqs.listener.MessageListener;
import io.awspring.cloud.sqs.listener.QueueNotFoundStrategy;
import io.awspring.cloud.sqs.listener.SqsMessageListenerContainer;
import io.awspring.cloud.sqs.listener.acknowledgement.handler.AcknowledgementMode;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.springframework.core.task.TaskExecutor;
import org.springframework.core.task.VirtualThreadTaskExecutor;
import org.springframework.integration.endpoint.MessageProducerSupport;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/**
 * The beginning of an input: receives from a queue, and handles each message on a virtual thread of its own. A stop
 * cancels the polls under way, finishes what is in flight within a bound, and makes visible again what it could not
 * finish.
 */
public class SqsInboundAdapter extends MessageProducerSupport {

    /** Draining is done before the container stops, so that it finds nothing left to wait for. */
    private static final Duration CONTAINER_STOP = Duration.ofSeconds(1);

    /** How long a thread that was interrupted has for its message's end. */
    private static final Duration INTERRUPTED = Duration.ofMillis(500);

    /** Extra time after the drain timeout for the last visibility changes and dead letters. */
    private static final Duration LAST_CALLS = Duration.ofSeconds(2);

    /** Amazon SQS API Reference, "ReceiveMessage". */
    private static final int MOST_PER_POLL = 10;

    private final SqsAsyncClient sqs;

    private final InboundQueue queue;

    private final SqsConsumerProperties properties;

    private final QueueCalls calls;

    private final MessageProcessor processor;

    private final DrainDeadline deadline;

    private final InFlightMessages inFlight = new InFlightMessages();

    private final StopSignal stop = new StopSignal();

    private final ProbeScheduler turns;

    private final ReceivedBytes bytes;

    private final InputReport report;

    private final Heartbeat heartbeat;

    private final PollingSource.Factory polling;

    private final SqsMessageListenerContainer<ReceivedMessage> container;

    /**
     * @param classifier says why an attempt failed
     * @param listener is told of rejected messages
     * @param gate the services that the messages need
     * @param attestation keeps who sent a message that becomes a dead letter
     * @param memory what this input may have in memory
     */
    public SqsInboundAdapter(
            SqsAsyncClient sqs,
            InboundQueue queue,
            SqsConsumerProperties properties,
            QueueCalls calls,
            FailureClassifier classifier,
            RejectionListener listener,
            Gate gate,
            SenderAttestation attestation,
            BytesInFlight.Input memory,
            MessageMetrics outcomes,
            DrainDeadline deadline,
            Clock clock) {
        this.sqs = sqs;
        this.queue = queue;
        this.properties = properties;
        this.calls = calls;
        this.deadline = deadline;
        this.turns = new ProbeScheduler(gate, stop, properties.getPauseInPlace());
        this.bytes = new ReceivedBytes(memory.received(), queue.maximumMessageSize(), turns::changed);
        this.report = new InputReport(queue.name(), gate, turns, outcomes, clock);
        this.heartbeat = new Heartbeat(queue, inFlight::messages, calls, report, clock);
        this.processor = new MessageProcessor(
                new FunctionCall(this::sendMessage, properties, memory),
                classifier,
                new DeadLetters(listener, calls, outcomes, clock),
                calls,
                gate,
                turns,
                stop,
                report,
                clock);
        TaskExecutor threads = new VirtualThreadTaskExecutor("sqs-" + queue.name() + "-");
        MessageListener<ReceivedMessage> handler = message -> receive(message.getPayload());
        this.polling = new PollingSource.Factory(turns, bytes, report, new ThreadPerMessageSink(handler, threads));
        this.container = container(handler, threads, new RawMessageConverter(queue, attestation, clock));
    }

    @Override
    public String getComponentType() {
        return "sqs:inbound-channel-adapter";
    }

    private SqsMessageListenerContainer<ReceivedMessage> container(
            MessageListener<ReceivedMessage> listener, TaskExecutor threads, RawMessageConverter converter) {
        SqsMessageListenerContainer<ReceivedMessage> made = new SqsMessageListenerContainer<>(sqs);
        made.setId("sqs-" + queue.name());
        made.setQueueNames(queue.name());
        made.configure(options -> options.queueNotFoundStrategy(QueueNotFoundStrategy.FAIL)
                .messageSystemAttributeNames(List.of(
                        MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT, MessageSystemAttributeName.SENDER_ID))
                .messageConverter(converter)
                .acknowledgementMode(AcknowledgementMode.MANUAL)
                .maxMessagesPerPoll(Math.min(MOST_PER_POLL, properties.getMaxInFlight()))
                .maxConcurrentMessages(properties.getMaxInFlight())
                .messageVisibility(queue.visibilityTimeout())
                .pollTimeout(properties.getPollTimeout())
                .componentsTaskExecutor(threads)
                .listenerShutdownTimeout(CONTAINER_STOP));
        made.setComponentFactories(List.of(polling));
        // Required, but it is the sink of this factory's that calls it.
        made.setMessageListener(listener);
        return made;
    }

    private void receive(ReceivedMessage message) {
        try {
            if (inFlight.add(message)) {
                processor.process(message);
            } else {
                processor.giveUp(message, "It was received while the input stopped.");
            }
        } finally {
            inFlight.remove(message);
            bytes.settled(message);
        }
    }

    @Override
    protected void doStart() {
        inFlight.open();
        turns.reset();
        stop.reset();
        heartbeat.start();
        report.start();
        container.start();
    }

    @Override
    protected void doStop() {
        stopPolling();
        // Those that are interrupted settle their messages themselves; what does not react is settled here.
        inFlight.drain(deadline.left(properties.getDrainTimeout()));
        List<Thread> givingUp = inFlight.drain(INTERRUPTED).stream()
                .map(message ->
                        Thread.startVirtualThread(() -> processor.giveUp(message, "It was not finished in time.")))
                .toList();
        heartbeat.stop();
        report.stop();
        polling.source().letGo();
        container.stop();
        Duration most = properties.getDrainTimeout().plus(LAST_CALLS);
        givingUp.forEach(thread -> join(thread, deadline.left(most)));
        calls.awaitReleases(deadline.left(most));
    }

    private static void join(Thread thread, Duration atMost) {
        try {
            thread.join(atMost);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Receives nothing more, and returns without waiting for anything. */
    public void stopPolling() {
        inFlight.close();
        polling.source().endPolls();
        stop.stop();
    }
}
