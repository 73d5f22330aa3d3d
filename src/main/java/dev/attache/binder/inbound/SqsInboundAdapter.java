package dev.attache.binder.inbound;

import dev.attache.binder.failure.Attempts;
import dev.attache.binder.gate.Gate;
import dev.attache.binder.gate.ProbeScheduler;
import dev.attache.binder.gate.StopSignal;
import dev.attache.binder.memory.BytesInFlight;
import dev.attache.binder.message.InboundQueue;
import dev.attache.binder.message.QueueCalls;
import dev.attache.binder.message.ReceivedMessage;
import dev.attache.binder.metrics.InputMeters;
import dev.attache.binder.metrics.PollMeters;
import dev.attache.binder.settings.SqsConsumerProperties;
import io.awspring.cloud.sqs.listener.MessageListener;
import io.awspring.cloud.sqs.listener.SqsMessageListenerContainer;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.task.TaskExecutor;
import org.springframework.core.task.VirtualThreadTaskExecutor;
import org.springframework.integration.core.Pausable;
import org.springframework.integration.endpoint.MessageProducerSupport;

/**
 * An input: receives messages from a queue and handles each in its own virtual thread. A stop cancels the polls, waits
 * for the messages in flight until the drain timeout ends, and releases the remaining ones, or dead-letters them at
 * their last permitted receive.
 */
public class SqsInboundAdapter extends MessageProducerSupport implements Pausable {

    private static final Logger log = LoggerFactory.getLogger(SqsInboundAdapter.class);

    /** How long an interrupted thread may take to settle its message. */
    private static final Duration AFTER_INTERRUPT = Duration.ofMillis(500);

    /** Extra time after the drain timeout for the last visibility changes and dead letters. */
    private static final Duration LAST_CALLS = Duration.ofSeconds(2);

    private final InboundContext context;

    private final InboundQueue queue;

    private final SqsConsumerProperties properties;

    private final InputMeters meters;

    private final QueueCalls calls;

    private final MessageProcessor processor;

    private final InFlightMessages inFlight = new InFlightMessages();

    private final StopSignal stop = new StopSignal();

    private final ProbeScheduler probes;

    private final ReceivedBytes bytes;

    private final InputReport report;

    private final StatusReader status;

    private final Heartbeat heartbeat;

    private final PollingSource.Factory polling;

    private final SqsMessageListenerContainer<ReceivedMessage> container;

    private volatile boolean paused;

    private final ContentType contentType = new ContentType();

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
        this.meters = context.meters().input(queue.name());
        this.calls = new QueueCalls(context.sqs(), queue, meters.calls());
        this.probes = new ProbeScheduler(gate, stop, properties.getPauseInPlace());
        this.bytes = new ReceivedBytes(memory.received(), queue.maximumMessageSize(), probes::changed);
        this.report = new InputReport(queue.name(), gate, probes, context.metrics(), context.clock());
        this.status =
                new StatusReader(queue.name(), context.clock(), gate, report, inFlight, properties.getMaxInFlight());
        this.heartbeat = new Heartbeat(queue, inFlight::messages, calls, report, context.clock());
        FunctionCall function =
                new FunctionCall(message -> sendMessage(contentType.applyTo(message)), properties, memory);
        MessageRetries retries = new MessageRetries(gate, probes, stop, Attempts.measuredBy(context.clock()), report);
        this.processor = MessageProcessor.of(context, properties, function, calls, retries, report, meters);
        TaskExecutor threads = new VirtualThreadTaskExecutor("sqs-" + queue.name() + "-");
        MessageListener<ReceivedMessage> handler =
                message -> MessageLogContext.run(message.getPayload(), () -> receive(message.getPayload()));
        this.polling = new PollingSource.Factory(
                probes,
                bytes,
                report,
                new ThreadPerMessageSink(handler, threads),
                this::isPaused,
                () -> context.observations().receive(queue.name()),
                new PollMeters(meters, meters.calls(), context.clock()));
        new InputGauges(meters, this::status, bytes).register();
        this.container = InputContainer.create(context, queue, properties, handler, threads, polling);
    }

    @Override
    public String getComponentType() {
        return "sqs:inbound-channel-adapter";
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
        return status.read(isRunning(), paused);
    }

    @Override
    protected void doStart() {
        inFlight.open();
        report.polls().started();
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
                .map(message -> Thread.startVirtualThread(() -> MessageLogContext.run(
                        message, () -> processor.giveUp(message, "It was not finished in time."))))
                .toList();
        heartbeat.stop();
        report.stop();
        polling.source().release();
        container.stop();
        Duration most = properties.getDrainTimeout().plus(LAST_CALLS);
        givingUp.forEach(thread -> join(thread, context.deadline().left(most)));
        calls.awaitReleases(context.deadline().left(most));
    }

    /**
     * No receive begins until {@link #resume}. Receives in flight end within the poll timeout, and their messages are
     * handled: messages that were given back would be received by other workers that are being paused, and could become
     * dead letters. A pause lasts over a stop and a start of the input.
     */
    @Override
    public void pause() {
        paused = true;
        log.info("Input {} is paused and receives nothing; {} messages are in flight", queue.name(), inFlight.size());
    }

    @Override
    public void resume() {
        paused = false;
        probes.changed();
        log.info("Input {} is resumed", queue.name());
    }

    @Override
    public boolean isPaused() {
        return paused;
    }

    private static void join(Thread thread, Duration atMost) {
        try {
            thread.join(atMost);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * To be called before the input is started.
     *
     * @param contentType the header of messages, for converters of the framework; {@code text/plain} by default
     */
    public void setContentType(String contentType) {
        this.contentType.set(contentType);
    }

    /** The input is not used any more. */
    @Override
    public void destroy() {
        super.destroy();
        meters.remove();
    }

    /** To be called before the input is started. */
    public void customizeContainer(Consumer<SqsMessageListenerContainer<ReceivedMessage>> customizer) {
        customizer.accept(container);
    }

    public InboundQueue queue() {
        return queue;
    }

    /** Ends the polls, without waiting for messages in flight. */
    public void stopPolling() {
        inFlight.close();
        polling.source().endPolls();
        stop.stop();
    }
}
