package dev.attache.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.context.ApplicationListener;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.support.GenericApplicationContext;

@Timeout(20)
class SweepScheduleTests {

    private final AtomicInteger rounds = new AtomicInteger();

    private final AtomicReference<Thread> sweeping = new AtomicReference<>();

    private SweepSchedule schedule(Duration interval, Predicate<BooleanSupplier> sweep) {
        return new SweepSchedule(
                "expired uploads",
                stopping -> {
                    sweeping.set(Thread.currentThread());
                    rounds.incrementAndGet();
                    return sweep.test(stopping);
                },
                interval,
                new Random(1));
    }

    private void awaitRounds(int atLeast) {
        await().atMost(Duration.ofSeconds(10)).until(() -> rounds.get() >= atLeast);
    }

    @Test
    void sweepsFollowOneAnotherUntilTheStop() {
        SweepSchedule schedule = schedule(Duration.ofMillis(5), stopping -> false);

        schedule.start();
        assertThat(schedule.isRunning()).isTrue();
        awaitRounds(3);
        schedule.stop();

        assertThat(schedule.isRunning()).isFalse();
        assertThat(sweeping.get().isAlive()).isFalse();
    }

    @Test
    void sweepThatLeavesSomeIsFollowedAtOnce() {
        SweepSchedule schedule = schedule(Duration.ofSeconds(1), stopping -> rounds.get() < 1000);

        schedule.start();
        awaitRounds(1000);
        schedule.stop();

        assertThat(rounds).hasValue(1000);
    }

    @Test
    void failedSweepIsFollowedByAnother() {
        SweepSchedule schedule = schedule(Duration.ofMillis(5), stopping -> {
            throw new IllegalStateException("S3 is down");
        });

        schedule.start();
        awaitRounds(3);
        schedule.stop();

        assertThat(sweeping.get().isAlive()).isFalse();
    }

    @Test
    void runningSweepSeesTheStop() {
        SweepSchedule schedule = schedule(Duration.ofMillis(5), stopping -> {
            await().atMost(Duration.ofSeconds(10)).until(stopping::getAsBoolean);
            return true;
        });
        schedule.start();
        awaitRounds(1);

        schedule.stop();

        assertThat(rounds).hasValue(1);
        assertThat(sweeping.get().isAlive()).isFalse();
    }

    @Test
    void sweepEndsWhenTheApplicationBeginsToStop() {
        AtomicReference<Boolean> overBeforeTheInputs = new AtomicReference<>();
        try (GenericApplicationContext context = new GenericApplicationContext()) {
            SweepSchedule schedule = schedule(Duration.ofMillis(5), stopping -> {
                await().atMost(Duration.ofSeconds(10)).until(stopping::getAsBoolean);
                return false;
            });
            context.registerBean("schedule", SweepSchedule.class, () -> schedule);
            context.registerBean(
                    "stop",
                    ApplicationListener.class,
                    () -> new SweepStopConfiguration().sweepStop(List.of(schedule), context));
            context.registerBean(
                    "input",
                    SmartLifecycle.class,
                    () -> new StoppedFirst(
                            () -> overBeforeTheInputs.set(sweeping.get().join(Duration.ofSeconds(10)))));
            context.refresh();
            awaitRounds(1);
        }

        assertThat(overBeforeTheInputs).hasValue(true);
    }

    /** Stops in the phase of the inputs, which is before that of the sweeps. */
    private static final class StoppedFirst implements SmartLifecycle {

        private final Callable onStop;

        private volatile boolean running;

        StoppedFirst(Callable onStop) {
            this.onStop = onStop;
        }

        @FunctionalInterface
        interface Callable {

            void call() throws InterruptedException;
        }

        @Override
        public void start() {
            running = true;
        }

        @Override
        public void stop() {
            running = false;
            try {
                onStop.call();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public boolean isRunning() {
            return running;
        }
    }

    @Test
    void hangingSweepIsInterrupted() {
        SweepSchedule schedule = schedule(Duration.ofMillis(5), stopping -> {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return false;
        });
        schedule.start();
        awaitRounds(1);

        schedule.stop();

        assertThat(sweeping.get().isAlive()).isFalse();
    }

    @Test
    void scheduleStopsAfterTheInputsAndBeforeTheOutputs() {
        assertThat(schedule(Duration.ofMinutes(1), stopping -> false).getPhase())
                .isLessThan(Integer.MAX_VALUE - 1000)
                .isGreaterThan(Integer.MIN_VALUE + 1000);
    }

    @Test
    void intervalOfZeroNeverSweeps() {
        assertThat(schedule(Duration.ZERO, stopping -> false).isAutoStartup()).isFalse();
        assertThat(schedule(Duration.ofMinutes(1), stopping -> false).isAutoStartup())
                .isTrue();
    }
}
