package dev.attache.binder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

import org.junit.jupiter.api.Test;

class OutboxTests {

    private final Outbox outbox = new Outbox();

    @Test
    void whatIsNotPublishedInTimeIsGivenUpForAnotherAttemptPublishesItAgain() {
        CompletableFuture<Void> published = CompletableFuture.completedFuture(null);
        CompletableFuture<Void> waits = new CompletableFuture<>();
        outbox.add(published);
        outbox.add(waits);

        assertThatThrownBy(() -> outbox.await(Duration.ofMillis(1))).isInstanceOf(TimeoutException.class);

        assertThat(waits).isCancelled();
        assertThat(published).isCompletedWithValue(null);
    }

    @Test
    void oneThatFailsFailsTheWholeWithItsOwnReason() {
        outbox.add(CompletableFuture.completedFuture(null));
        outbox.add(CompletableFuture.failedFuture(new IllegalStateException("SNS is down")));

        assertThatThrownBy(() -> outbox.await(Duration.ofSeconds(5))).isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(IllegalStateException.class);
    }
}
