package dev.attache.binder.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.binder.batch.BatchAnswer;
import dev.attache.binder.batch.BatchCall;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class CallMetersTests {

    private final MeterRegistry registry = new SimpleMeterRegistry();

    private final BinderMeters binder = new BinderMeters(registry, "shop.", error -> "kind of " + error.getMessage());

    private final CallMeters meters = binder.calls("sqs", "orders");

    private static BatchCall<String, String> answering(List<String> accepted, List<String> refused) {
        return entries -> CompletableFuture.completedFuture(new BatchAnswer<>(
                accepted.stream().collect(Collectors.toMap(id -> id, id -> id)),
                refused.stream().collect(Collectors.toMap(id -> id, IllegalStateException::new))));
    }

    private long counted(String outcome) {
        return registry.get("shop.calls")
                .tags("service", "sqs", "operation", "delete", "target", "orders", "outcome", outcome)
                .timer()
                .count();
    }

    private void call(BatchCall<String, String> call) {
        var _ = meters.measured("delete", call).send(List.of("a", "b", "c"));
    }

    @Test
    void aCallIsCountedWithItsOutcome() {
        call(answering(List.of("0", "1", "2"), List.of()));
        call(answering(List.of("0"), List.of("1", "2")));
        call(answering(List.of(), List.of("0")));
        call(entries -> CompletableFuture.failedFuture(new IllegalStateException("outage")));
        call(entries -> CompletableFuture.failedFuture(new CancellationException()));
        call(entries -> {
            throw new IllegalStateException("bug");
        });

        assertThat(counted("success")).isEqualTo(1);
        assertThat(counted("partial")).isEqualTo(1);
        assertThat(counted("kind of 0")).isEqualTo(1);
        assertThat(counted("kind of outage")).isEqualTo(1);
        assertThat(counted("cancelled")).isEqualTo(1);
        assertThat(counted("kind of bug")).isEqualTo(1);
    }

    @Test
    void theEntriesOfBatchesAreADistribution() {
        call(answering(List.of("0", "1", "2"), List.of()));
        call(answering(List.of("0", "1", "2"), List.of()));

        assertThat(registry.get("shop.batch.entries").tag("operation", "delete").summary())
                .satisfies(entries -> {
                    assertThat(entries.count()).isEqualTo(2);
                    assertThat(entries.mean()).isEqualTo(3);
                });
    }

    @Test
    void aReceiveWithoutMessagesIsACallButNoBatch() {
        meters.ended("receive", 0, System.nanoTime(), null);
        meters.ended("receive", 7, System.nanoTime(), null);
        meters.ended("receive", 0, System.nanoTime(), new IllegalStateException("away"));

        assertThat(registry.get("shop.batch.entries")
                        .tag("operation", "receive")
                        .summary()
                        .totalAmount())
                .isEqualTo(7);
        assertThat(registry.get("shop.batch.entries")
                        .tag("operation", "receive")
                        .summary()
                        .count())
                .isEqualTo(1);
        assertThat(registry.get("shop.calls").tag("outcome", "success").timer().count())
                .isEqualTo(2);
        assertThat(registry.get("shop.calls")
                        .tag("outcome", "kind of away")
                        .timer()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void aPublicationIsMeasuredUntilItEnds() {
        CompletableFuture<Object> publication = new CompletableFuture<>();
        binder.output("events").measure(publication);
        assertThat(registry.find("shop.publish").timers()).isEmpty();

        publication.complete("id");

        assertThat(registry.get("shop.publish")
                        .tags("destination", "events", "outcome", "published")
                        .timer()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void theGaugesOfAnInputAreRemovedWithIt() {
        InputMeters input = binder.input("orders");
        input.gauge("input.in.flight", "", "messages", () -> 3);
        assertThat(registry.get("shop.input.in.flight")
                        .tag("queue", "orders")
                        .gauge()
                        .value())
                .isEqualTo(3);

        input.remove();

        assertThat(registry.find("shop.input.in.flight").gauges()).isEmpty();
    }
}
