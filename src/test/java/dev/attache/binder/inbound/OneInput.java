package dev.attache.binder.inbound;

import dev.attache.binder.failure.Attempts;
import dev.attache.binder.failure.DeadLetterAttributes;
import dev.attache.binder.failure.DeadLetterWriter;
import dev.attache.binder.failure.Failure;
import dev.attache.binder.failure.FailureClassifier;
import dev.attache.binder.failure.FailureDecisions;
import dev.attache.binder.failure.MessageMetrics;
import dev.attache.binder.failure.RejectedMessage;
import dev.attache.binder.failure.RejectionListener;
import dev.attache.binder.gate.Gate;
import dev.attache.binder.gate.ProbeScheduler;
import dev.attache.binder.gate.SettableDownstream;
import dev.attache.binder.gate.StopSignal;
import dev.attache.binder.memory.BytesInFlight;
import dev.attache.binder.message.QueueCalls;
import dev.attache.binder.message.RecordedSqs;
import dev.attache.binder.message.RedriveOutcomeListener;
import dev.attache.binder.message.RedriveOutcomes;
import dev.attache.binder.metrics.BinderMeters;
import dev.attache.binder.observation.BinderObservations;
import dev.attache.binder.settings.SqsConsumerProperties;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.springframework.messaging.Message;
import org.springframework.util.unit.DataSize;

/** The parts of one input, without its polls: a service whose state a test sets, and an SQS that records its calls. */
final class OneInput {

    final RecordedSqs sqs = new RecordedSqs();

    final SettableDownstream service = new SettableDownstream();

    final Gate gate = new Gate(List.of(service));

    final StopSignal stop = new StopSignal();

    final ProbeScheduler probes = new ProbeScheduler(gate, stop, Duration.ofMillis(1));

    final MeterRegistry meters = new SimpleMeterRegistry();

    final SqsConsumerProperties properties = new SqsConsumerProperties();

    final List<RejectedMessage> announced = new ArrayList<>();

    volatile RejectionListener listener = announced::add;

    volatile RedriveOutcomeListener outcomes = (queue, messageId, redrive, code) -> {};

    volatile FailureClassifier classifier = error -> Failure.Transient.withBackoff("again");

    final BytesInFlight.Shares memory = new BytesInFlight(DataSize.ofMegabytes(24)).newShares();

    OneInput() {
        properties.setPauseInPlace(Duration.ofMillis(1));
        properties.setTriesInPlace(3);
        properties.setPublishTimeout(Duration.ofSeconds(5));
    }

    MessageProcessor processor(Consumer<Message<byte[]>> function) {
        MessageMetrics metrics = new MessageMetrics(meters, "sqs.");
        QueueCalls calls = new QueueCalls(sqs, RecordedSqs.QUEUE, Runnable::run);
        FunctionCall call = new FunctionCall(function, properties, memory);
        FailureClassifier current = error -> classifier.classify(error);
        FailureDecisions decisions = FailureDecisions.of(properties);
        Attempts attempts = new Attempts(
                Clock.systemUTC(), () -> ThreadLocalRandom.current().nextDouble());
        DeadLetterWriter deadLetterWriter = new DeadLetterWriter(
                message -> listener.rejected(message),
                new DeadLetterAttributes("dead-letter-"),
                calls,
                metrics,
                Clock.systemUTC());
        InputReport report = new InputReport("orders", gate, probes, metrics, Clock.systemUTC());
        RedriveOutcomes redriven = new RedriveOutcomes(
                (queue, messageId, redrive, code) -> outcomes.settled(queue, messageId, redrive, code),
                "dead-letter-redrive");
        MessageRetries retries = new MessageRetries(gate, probes, stop, attempts, report);
        MessageSettlement settlement = new MessageSettlement(
                call, current, decisions, deadLetterWriter, calls, redriven, retries, report, BinderObservations.NONE);
        return new MessageProcessor(
                call,
                current,
                decisions,
                settlement,
                retries,
                BinderObservations.NONE,
                new BinderMeters(meters, "sqs.", Throwable::toString).input("orders"));
    }

    /** A report that no test looks at. */
    static InputReport report() {
        OneInput input = new OneInput();
        return new InputReport(
                "orders", input.gate, input.probes, new MessageMetrics(input.meters, "sqs."), Clock.systemUTC());
    }
}
