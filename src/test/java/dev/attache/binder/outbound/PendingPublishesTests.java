package dev.attache.binder.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.attache.binder.memory.ByteBudget;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class PendingPublishesTests {

    private final ByteBudget.Share memory = new ByteBudget(8 * 1024).share();

    private final PendingPublishes pending = new PendingPublishes(memory, Duration.ofSeconds(5));

    private void publish(long bytes, CompletableFuture<?> publication) throws Exception {
        pending.publish(bytes, () -> publication);
    }

    @Test
    void outputsThatAreNotPublishedInTimeAreCancelled() throws Exception {
        PendingPublishes pending = new PendingPublishes(memory, Duration.ofMillis(1));
        CompletableFuture<Void> published = CompletableFuture.completedFuture(null);
        CompletableFuture<Void> waits = new CompletableFuture<>();
        pending.publish(100, () -> published);
        pending.publish(100, () -> waits);

        assertThatThrownBy(() -> pending.await()).isInstanceOf(TimeoutException.class);

        assertThat(waits).isCancelled();
        assertThat(published).isCompletedWithValue(null);
        assertThat(memory.taken()).isZero();
    }

    @Test
    void aFailedPublicationFailsTheWait() throws Exception {
        publish(100, CompletableFuture.completedFuture(null));
        publish(100, CompletableFuture.failedFuture(new IllegalStateException("SNS is down")));

        assertThatThrownBy(() -> pending.await())
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(IllegalStateException.class);
    }

    @Test
    void nothingIsPublishedAfterAFailure() throws Exception {
        publish(100, CompletableFuture.failedFuture(new IllegalStateException("SNS is down")));

        assertThatThrownBy(() -> publish(100, CompletableFuture.completedFuture(null)))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(IllegalStateException.class);
    }

    @Test
    void anOutputWithoutMemoryWaitsForEarlierConfirmations() throws Exception {
        CompletableFuture<Void> first = new CompletableFuture<>();
        publish(6 * 1024, first);
        AtomicBoolean begun = new AtomicBoolean();
        Thread second = Thread.startVirtualThread(() -> assertThatCode(() -> pending.publish(2 * 1024, () -> {
                    begun.set(true);
                    return CompletableFuture.completedFuture(null);
                }))
                .doesNotThrowAnyException());
        await().atMost(Duration.ofSeconds(5)).until(() -> second.getState() == Thread.State.TIMED_WAITING);
        assertThat(begun).isFalse();

        first.complete(null);

        assertThat(second.join(Duration.ofSeconds(5))).isTrue();
        assertThat(begun).isTrue();
        assertThat(memory.taken()).isZero();
    }

    @Test
    void anOutputWaitsForMemoryForALimitedTime() throws Exception {
        PendingPublishes pending = new PendingPublishes(memory, Duration.ofMillis(1));
        pending.publish(8 * 1024, CompletableFuture::new);

        assertThatThrownBy(() -> pending.publish(1, CompletableFuture::new)).isInstanceOf(TimeoutException.class);
    }

    @Test
    void completedPublicationsAreRemoved() throws Exception {
        for (int i = 0; i < 10_000; i++) {
            publish(1_000, CompletableFuture.completedFuture(null));
        }

        pending.await();

        assertThat(memory.taken()).isZero();
    }
}
