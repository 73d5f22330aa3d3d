package dev.attache.binder.inbound;

import dev.attache.binder.failure.DeadLetter;
import dev.attache.binder.failure.DeadLetters;
import dev.attache.binder.failure.Failure;
import dev.attache.binder.failure.FailureClassifier;
import dev.attache.binder.failure.MessageMetrics;
import dev.attache.binder.failure.RejectionListener;
import dev.attache.binder.gate.Gate;
import dev.attache.binder.gate.ProbeScheduler;
import dev.attache.binder.gate.SettableDownstream;
import dev.attache.binder.gate.StopSignal;
import dev.attache.binder.memory.BytesInFlight;
import dev.attache.binder.message.QueueCalls;
import dev.attache.binder.message.RecordedSqs;
import dev.attache.binder.settings.SqsConsumerProperties;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.messaging.Message;
import org.springframework.util.unit.DataSize;

/**
 * What one input is made of, without its polls: a service that a test sets, and an SQS that writes down what it is
 * asked.
 */
final class OneInput {

    final RecordedSqs sqs = new RecordedSqs();

    final SettableDownstream service = new SettableDownstream();

    final Gate gate = new Gate(List.of(service));

    final StopSignal stop = new StopSignal();

    final ProbeScheduler turns = new ProbeScheduler(gate, stop, Duration.ofMillis(1));

    final MeterRegistry meters = new SimpleMeterRegistry();

    final SqsConsumerProperties properties = new SqsConsumerProperties();

    final List<DeadLetter> announced = new ArrayList<>();

    volatile RejectionListener listener = announced::add;

    volatile FailureClassifier classifier = error -> Failure.Transient.later("again");

    final BytesInFlight.Input memory = new BytesInFlight(DataSize.ofMegabytes(24)).input();

    OneInput() {
        properties.setPauseInPlace(Duration.ofMillis(1));
        properties.setTriesInPlace(3);
        properties.setPublishTimeout(Duration.ofSeconds(5));
    }

    MessageProcessor processor(Consumer<Message<byte[]>> function) {
        MessageMetrics outcomes = new MessageMetrics(meters);
        QueueCalls calls = new QueueCalls(sqs, RecordedSqs.QUEUE, Runnable::run);
        return new MessageProcessor(
                new FunctionCall(function, properties, memory),
                error -> classifier.classify(error),
                new DeadLetters(letter -> listener.rejected(letter), calls, outcomes, Clock.systemUTC()),
                calls,
                gate,
                turns,
                stop,
                new InputReport("orders", gate, turns, outcomes, Clock.systemUTC()),
                Clock.systemUTC());
    }

    /** For what reports and is not asked about it. */
    static InputReport report() {
        OneInput input = new OneInput();
        return new InputReport("orders", input.gate, input.turns, new MessageMetrics(input.meters), Clock.systemUTC());
    }
}
