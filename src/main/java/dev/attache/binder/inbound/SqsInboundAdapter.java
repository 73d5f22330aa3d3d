package dev.attache.binder.inbound;

import dev.attache.binder.failure.Attempts;
import dev.attache.binder.failure.DeadLetterWriter;
import dev.attache.binder.failure.FailureDecisions;
import dev.attache.binder.gate.Gate;
import dev.attache.binder.gate.ProbeScheduler;
import dev.attache.binder.gate.StopSignal;
import dev.attache.binder.memory.BytesInFlight;
import dev.attache.binder.message.InboundQueue;
import dev.attache.binder.message.QueueCalls;
import dev.attache.binder.message.ReceivedMessage;
import dev.attache.binder.settings.SqsConsumerProperties;
import io.awspring.cloud.sqs.listener.MessageListener;
import io.awspring.cloud.sqs.listener.QueueNotFoundStrategy;
import io.awspring.cloud.sqs.listener.SqsMessageListenerContainer;
import io.awspring.cloud.sqs.listener.acknowledgement.handler.AcknowledgementMode;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.core.task.TaskExecutor;
import org.springframework.core.task.VirtualThreadTaskExecutor;
import org.springframework.integration.endpoint.MessageProducerSupport;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/**
 * An input: receives messages from a queue and handles each in its own virtual thread. A stop cancels the polls, waits
 * for the messages in flight until the drain timeout ends, and releases the remaining ones, or dead-letters them at
 * their last permitted receive.
 */
public class SqsInboundAdapter extends MessageProducerSupport {

    /** The messages in flight are drained before the container stops, so it has nothing to wait for. */
    private static final Duration CONTAINER_STOP = Duration.ofSeconds(1);

    /**
     * The longest wait of the polling thread for a free permit. A container that stops takes all permits, and the
     * thread may then wait twice as long before it ends.
     */
    private static final Duration PERMIT_WAIT = Duration.ofSeconds(1);

    /** How long an interrupted thread may take to settle its message. */
    private static final Duration AFTER_INTERRUPT = Duration.ofMillis(500);

    /** Extra time after the drain timeout for the last visibility changes and dead letters. */
    private static final Duration LAST_CALLS = Duration.ofSeconds(2);

    /** Amazon SQS API Reference, "ReceiveMessage". */
    private static final int MAX_PER_POLL = 10;

    private final InboundContext context;

    private final InboundQueue queue;

    private final SqsConsumerProperties properties;

    private final Gate gate;

    private final QueueCalls calls;

    private final MessageProcessor processor;

    private final InFlightMessages inFlight = new InFlightMessages();

    private final StopSignal stop = new StopSignal();

    private final ProbeScheduler probes;

    private final ReceivedBytes bytes;

    private final InputReport report;

    private final Heartbeat heartbeat;

    private final PollingSource.Factory polling;

    private final SqsMessageListenerContainer<ReceivedMessage> container;

    /**
     * @param gate the services that the messages need
     * @param memory the input's shares of the binder's memory
     */
    public SqsInboundAdapter(
            InboundContext context,
            InboundQueue queue,
            SqsConsumerProperties properties,
            Gate gate,
            BytesInFlight.Shares memory) {
        this.context = context;
        this.queue = queue;
        this.properties = properties;
        this.gate = gate;
        this.calls = new QueueCalls(context.sqs(), queue);
        this.probes = new ProbeScheduler(gate, stop, properties.getPauseInPlace());
        this.bytes = new ReceivedBytes(memory.received(), queue.maximumMessageSize(), probes::changed);
        this.report = new InputReport(queue.name(), gate, probes, context.metrics(), context.clock());
        this.heartbeat = new Heartbeat(queue, inFlight::messages, calls, report, context.clock());
        this.processor = processor(memory);
        TaskExecutor threads = new VirtualThreadTaskExecutor("sqs-" + queue.name() + "-");
        MessageListener<ReceivedMessage> handler = message -> receive(message.getPayload());
        this.polling = new PollingSource.Factory(probes, bytes, report, new ThreadPerMessageSink(handler, threads));
        this.container =
                container(handler, threads, new RawMessageConverter(queue, context.statements(), context.clock()));
    }

    @Override
    public String getComponentType() {
        return "sqs:inbound-channel-adapter";
    }

    private MessageProcessor processor(BytesInFlight.Shares memory) {
        FunctionCall function = new FunctionCall(this::sendMessage, properties, memory);
        FailureDecisions decisions = FailureDecisions.of(properties);
        Attempts attempts =
                new Attempts(context.clock(), () -> ThreadLocalRandom.current().nextDouble());
        DeadLetterWriter deadLetterWriter = new DeadLetterWriter(
                context.listener(), context.deadLetterAttributes(), calls, context.metrics(), context.clock());
        MessageRetries retries = new MessageRetries(gate, probes, stop, attempts, report);
        MessageSettlement settlement = new MessageSettlement(
                function,
                context.classifier(),
                decisions,
                deadLetterWriter,
                calls,
                context.outcomes(),
                retries,
                report);
        return new MessageProcessor(function, context.classifier(), decisions, settlement, retries);
    }

    private SqsMessageListenerContainer<ReceivedMessage> container(
            MessageListener<ReceivedMessage> listener, TaskExecutor threads, RawMessageConverter converter) {
        SqsMessageListenerContainer<ReceivedMessage> container = new SqsMessageListenerContainer<>(context.sqs());
        container.setId("sqs-" + queue.name());
        container.setQueueNames(queue.name());
        container.configure(options -> options.queueNotFoundStrategy(QueueNotFoundStrategy.FAIL)
                .messageSystemAttributeNames(List.of(
                        MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT,
                        MessageSystemAttributeName.SENDER_ID,
                        MessageSystemAttributeName.SENT_TIMESTAMP))
                .messageConverter(converter)
                .acknowledgementMode(AcknowledgementMode.MANUAL)
                .maxMessagesPerPoll(Math.min(MAX_PER_POLL, properties.getMaxInFlight()))
                .maxConcurrentMessages(properties.getMaxInFlight())
                .messageVisibility(queue.visibilityTimeout())
                .pollTimeout(properties.getPollTimeout())
                .maxDelayBetweenPolls(PERMIT_WAIT)
                .componentsTaskExecutor(threads)
                .listenerShutdownTimeout(CONTAINER_STOP));
        container.setComponentFactories(List.of(polling));
        // The container requires a listener, but only our sink calls it.
        container.setMessageListener(listener);
        return container;
    }

    private void receive(ReceivedMessage message) {
        try {
            if (inFlight.add(message)) {
                processor.process(message);
            } else {
                processor.giveUp(message, "It was received while the input was stopping.");
            }
        } finally {
            inFlight.remove(message);
            bytes.settled(message);
        }
    }

    /** The state at this moment. */
    public InputStatus status() {
        PollHistory.State polls = report.polls();
        List<ReceivedMessage> messages = inFlight.messages();
        return new InputStatus(
                queue.name(),
                context.clock().instant(),
                gate.state(),
                gate.closedBy(),
                report.closedSince(),
                polls.last(),
                polls.failSince(),
                polls.failure(),
                false,
                isRunning(),
                messages.size(),
                properties.getMaxInFlight(),
                messages.stream()
                        .flatMap(message -> message.sentAt().stream())
                        .min(Comparator.naturalOrder())
                        .orElse(null));
    }

    @Override
    protected void doStart() {
        inFlight.open();
        probes.reset();
        stop.reset();
        heartbeat.start();
        report.start();
        container.start();
    }

    @Override
    protected void doStop() {
        stopPolling();
        // An interrupted thread settles its message. If it does not react in time, the message is settled here.
        inFlight.drain(context.deadline().left(properties.getDrainTimeout()));
        List<Thread> givingUp = inFlight.drain(AFTER_INTERRUPT).stream()
                .map(message ->
                        Thread.startVirtualThread(() -> processor.giveUp(message, "It was not finished in time.")))
                .toList();
        heartbeat.stop();
        report.stop();
        polling.source().release();
        container.stop();
        Duration most = properties.getDrainTimeout().plus(LAST_CALLS);
        givingUp.forEach(thread -> join(thread, context.deadline().left(most)));
        calls.awaitReleases(context.deadline().left(most));
    }

    private static void join(Thread thread, Duration atMost) {
        try {
            thread.join(atMost);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends the polls, without waiting for messages in flight. */
    public void stopPolling() {
        inFlight.close();
        polling.source().endPolls();
        stop.stop();
    }
}
