package dev.attache.binder.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** 1,000 bytes for two shares: each has 250 of its own, and 500 are common. */
class ByteBudgetTests {

    private static final Duration SOON = Duration.ofSeconds(5);

    private final ByteBudget budget = new ByteBudget(1_000);

    private final ByteBudget.Share one = budget.share();

    private final ByteBudget.Share other = budget.share();

    @Test
    void aShareMayTakeItsOwnPartAndTheCommonPart() {
        assertThat(one.tryTake(750)).isTrue();
        assertThat(one.tryTake(1)).isFalse();
    }

    @Test
    void aShareMayNotTakeThePartOfAnother() {
        one.tryTake(750);

        assertThat(other.tryTake(200)).isTrue();
        assertThat(other.tryTake(50)).isTrue();
        assertThat(other.tryTake(1)).isFalse();
    }

    @Test
    void anEmptyShareMayTakeMoreThanTheBudget() {
        one.tryTake(750);

        assertThat(other.tryTake(5_000)).isTrue();
        assertThat(other.tryTake(1)).isFalse();
    }

    @Test
    void releasedBytesCanBeTakenByAnotherShare() {
        one.tryTake(700);
        other.tryTake(250);
        assertThat(other.times(100, 10)).isZero();

        one.release(700);

        assertThat(other.times(100, 10)).isEqualTo(5);
    }

    @Test
    void aListenerIsCalledOnceWhenTheAmountIsAvailable() {
        AtomicInteger heard = new AtomicInteger();
        other.onAvailable(heard::incrementAndGet);
        one.tryTake(750);
        other.tryTake(250);
        other.notifyWhenAvailable(400);

        one.release(300);
        assertThat(heard).hasValue(0);
        one.release(100);
        assertThat(heard).hasValue(1);
        one.release(100);

        assertThat(heard).hasValue(1);
    }

    @Test
    void aListenerIsCalledAtOnceIfTheAmountIsAvailable() {
        AtomicInteger heard = new AtomicInteger();
        one.onAvailable(heard::incrementAndGet);

        one.notifyWhenAvailable(100);

        assertThat(heard).hasValue(1);
    }

    @Test
    void smallAmountsDoNotOvertakeALargeOneThatWaits() throws InterruptedException {
        List<String> order = new CopyOnWriteArrayList<>();
        one.take(700);
        Thread large = taker(700, "large", order);
        Thread small = taker(100, "small", order);

        one.release(700);

        assertThat(large.join(SOON)).isTrue();
        assertThat(small.join(SOON)).isTrue();
        assertThat(order).containsExactly("large", "small");
    }

    private Thread taker(long amount, String name, List<String> order) {
        Thread thread = Thread.startVirtualThread(() -> {
            try {
                one.take(amount);
                order.add(name);
                one.release(amount);
            } catch (InterruptedException e) {
                order.add(name + " was interrupted");
            }
        });
        await().atMost(SOON).until(() -> thread.getState() == Thread.State.TIMED_WAITING);
        return thread;
    }

    @Test
    void anInterruptedWaitTakesNothingAndTheNextWaiterProceeds() throws InterruptedException {
        List<String> order = new CopyOnWriteArrayList<>();
        one.take(700);
        Thread large = taker(500, "large", order);
        Thread small = taker(10, "small", order);

        large.interrupt();

        assertThat(large.join(SOON) && small.join(SOON)).isTrue();
        assertThat(order).containsExactlyInAnyOrder("large was interrupted", "small");
        assertThat(one.taken()).isEqualTo(700);
    }

    @Test
    void aWaitEndsAfterItsTimeout() throws InterruptedException {
        one.take(750);

        assertThat(one.take(1, Duration.ofMillis(1))).isFalse();
        assertThat(one.taken()).isEqualTo(750);
    }
}
