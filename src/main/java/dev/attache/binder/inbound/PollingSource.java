package dev.attache.binder.inbound;

import dev.attache.binder.backoff.Backoff;
import dev.attache.binder.gate.Gate;
import dev.attache.binder.gate.ProbeScheduler;
import dev.attache.binder.gate.ReceivePermit;
import dev.attache.binder.message.ReceivedMessage;
import dev.attache.binder.metrics.PollMeters;
import dev.attache.binder.observation.MessageObservation;
import io.awspring.cloud.sqs.listener.SqsContainerOptions;
import io.awspring.cloud.sqs.listener.StandardSqsComponentFactory;
import io.awspring.cloud.sqs.listener.sink.MessageSink;
import io.awspring.cloud.sqs.listener.source.MessageSource;
import io.awspring.cloud.sqs.listener.source.StandardSqsMessageSource;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.model.Message;

/**
 * The container's message source, with these differences. A stop ends the polls at once; the container would wait for
 * them, or cancel them and log each as an error. A poll waits while the {@link Gate} is closed, while too many bytes
 * are in flight, while the input is paused, and from a stop of the polls until the container stops. A poll that fails
 * returns no messages after a growing pause; the container would log a stack trace and poll again at once.
 */
final class PollingSource extends StandardSqsMessageSource<ReceivedMessage> {

    /** The pauses after receives that failed. */
    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(250), Duration.ofSeconds(10));

    private final Set<CompletableFuture<?>> receives = ConcurrentHashMap.newKeySet();

    /** Ends the waiting polls without messages. */
    private final CompletableFuture<Collection<Message>> noMessages = new CompletableFuture<>();

    private final ProbeScheduler probes;

    private final ReceivedBytes bytes;

    private final InputReport report;

    private final BooleanSupplier paused;

    private final Supplier<MessageObservation> observations;

    private final PollMeters meters;

    /** Polls that failed in a row. */
    private final AtomicInteger failures = new AtomicInteger();

    private volatile boolean ended;

    /**
     * @param paused whether no poll may begin; {@link ProbeScheduler#changed} reports that they may again
     * @param observations begins to observe a poll
     */
    PollingSource(
            ProbeScheduler probes,
            ReceivedBytes bytes,
            InputReport report,
            BooleanSupplier paused,
            Supplier<MessageObservation> observations,
            PollMeters meters) {
        this.probes = probes;
        this.bytes = bytes;
        this.report = report;
        this.paused = paused;
        this.observations = observations;
        this.meters = meters;
    }

    // Receives are compared by identity. The future inside the result of handle() becomes part of the poll.
    @Override
    @SuppressWarnings({"UndefinedEquals", "FutureReturnValueIgnored"})
    protected CompletableFuture<Collection<Message>> doPollForMessages(int maxNumberOfMessages) {
        if (ended) {
            return noMessages.copy();
        }
        CompletableFuture<Void> change = probes.nextChange();
        ReceivePermit permit = permit(maxNumberOfMessages);
        if (permit.messages() == 0 || !bytes.begin(permit)) {
            report.polls().heldBack();
            return change.<Collection<Message>>thenApply(changed -> List.of())
                    .applyToEither(noMessages, nothing -> nothing);
        }
        report.polls().began();
        MessageObservation observation = observations.get();
        long since = System.nanoTime();
        CompletableFuture<Collection<Message>> receive = super.doPollForMessages(permit.messages());
        receives.add(receive);
        CompletableFuture<Collection<Message>> poll = receive.handle((messages, error) -> {
                    receives.remove(receive);
                    report.polls().ended();
                    observation.polled(messages, error);
                    meters.ended(since, messages, error);
                    bytes.end(permit, messages);
                    if (permit.probe()) {
                        probes.received(
                                messages == null || messages.isEmpty()
                                        ? null
                                        : messages.iterator().next().messageId());
                    }
                    return outcome(messages, error);
                })
                .thenCompose(outcome -> outcome);
        if (ended) {
            receive.cancel(true);
        }
        return poll;
    }

    private ReceivePermit permit(int wanted) {
        int affordable = paused.getAsBoolean() ? 0 : bytes.affordable(wanted);
        return affordable == 0 ? ReceivePermit.NONE : probes.permit(affordable);
    }

    private CompletableFuture<Collection<Message>> outcome(
            @Nullable Collection<Message> messages, @Nullable Throwable error) {
        if (messages != null) {
            failures.set(0);
            report.polled();
            return CompletableFuture.completedFuture(messages);
        }
        if (ended || error == null) {
            return CompletableFuture.completedFuture(List.of());
        }
        report.pollFailed(error);
        Duration pause = BACKOFF.pause(failures.incrementAndGet());
        return noMessages.copy().completeOnTimeout(List.of(), pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Ends the polls in flight; later polls wait for {@link #release}. */
    void endPolls() {
        ended = true;
        receives.forEach(receive -> receive.cancel(true));
    }

    /** Ends the waiting polls because the container is about to stop; later polls end at once. */
    void release() {
        noMessages.complete(List.of());
    }

    /** Creates a source at each start of the container, and provides its sink. */
    static final class Factory extends StandardSqsComponentFactory<ReceivedMessage> {

        private final ProbeScheduler probes;

        private final ReceivedBytes bytes;

        private final InputReport report;

        private final MessageSink<ReceivedMessage> sink;

        private final BooleanSupplier paused;

        private final Supplier<MessageObservation> observations;

        private final PollMeters meters;

        private volatile PollingSource source;

        /**
         * @param paused as in {@link PollingSource}
         * @param observations as in {@link PollingSource}
         */
        Factory(
                ProbeScheduler probes,
                ReceivedBytes bytes,
                InputReport report,
                MessageSink<ReceivedMessage> sink,
                BooleanSupplier paused,
                Supplier<MessageObservation> observations,
                PollMeters meters) {
            this.probes = probes;
            this.bytes = bytes;
            this.report = report;
            this.sink = sink;
            this.paused = paused;
            this.observations = observations;
            this.meters = meters;
            this.source = newSource();
        }

        @Override
        public MessageSink<ReceivedMessage> createMessageSink(SqsContainerOptions options) {
            return sink;
        }

        @Override
        public MessageSource<ReceivedMessage> createMessageSource(SqsContainerOptions options) {
            source = newSource();
            return source;
        }

        private PollingSource newSource() {
            return new PollingSource(probes, bytes, report, paused, observations, meters);
        }

        PollingSource source() {
            return source;
        }
    }
}
