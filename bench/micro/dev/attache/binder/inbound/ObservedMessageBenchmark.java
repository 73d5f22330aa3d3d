package dev.attache.binder.inbound;

import dev.attache.binder.message.InboundQueue;
import dev.attache.binder.message.ReceivedMessage;
import dev.attache.binder.message.SenderAttestation;
import dev.attache.binder.message.SenderStatements;
import dev.attache.binder.message.VisibilityLease;
import dev.attache.binder.observation.BinderObservations;
import dev.attache.binder.observation.MessageObservation;
import dev.attache.tracing.EventContext;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import software.amazon.awssdk.services.sqs.model.Message;

/** What log context and observations add to each message while no spans are exported. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ObservedMessageBenchmark {

    private final ReceivedMessage message = new ReceivedMessage(
            new InboundQueue("orders", "http://localhost/orders", null, 10, Duration.ofSeconds(30), 262_144),
            Message.builder()
                    .messageId("57b2c2f0-8f0c-4b53-9c8e-2c8f6a3d41b7")
                    .body("{}")
                    .build(),
            new VisibilityLease(Instant.EPOCH),
            new SenderStatements(SenderAttestation.NONE, "sender"));

    /** As at the start of a message's own thread: without a context. */
    @Benchmark
    public void logContextAndNoSpans() {
        MessageLogContext.run(message, () -> {
            MessageObservation observation =
                    BinderObservations.NONE.process(message.queue().name(), message.sqs());
            EventContext.ofRequest(
                    "2c8f6a3d-41b7-4b53-9c8e-57b2c2f08f0c", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
            observation.stop(null);
        });
    }

    @Benchmark
    public void noSpans() {
        MessageObservation observation =
                BinderObservations.NONE.process(message.queue().name(), message.sqs());
        observation.stop(null);
    }
}
