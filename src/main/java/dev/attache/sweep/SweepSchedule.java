package dev.attache.sweep;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Sweeps in its own virtual thread, from the application's start to its stop. The pauses are random, with the interval
 * as their mean, so that instances that start together do not sweep together.
 */
public final class SweepSchedule implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(SweepSchedule.class);

    /** Stops after the inputs, and before the outputs that a sweep publishes to. */
    private static final int PHASE = 0;

    private static final Duration STOP = Duration.ofSeconds(2);

    /** Of expired uploads, for example; for the log. */
    private final String subject;

    private final Predicate<BooleanSupplier> sweep;

    private final Duration interval;

    private final RandomGenerator random;

    private volatile CountDownLatch stopping = new CountDownLatch(1);

    private volatile @Nullable Thread thread;

    /**
     * @param subject what is swept, such as "expired uploads"; for the log
     * @param sweep runs one round; its argument tells whether to stop, and its result whether to continue without a
     *     pause
     * @param interval the mean pause between two rounds; zero for no rounds
     */
    public SweepSchedule(String subject, Predicate<BooleanSupplier> sweep, Duration interval, RandomGenerator random) {
        this.subject = subject;
        this.sweep = sweep;
        this.interval = interval;
        this.random = random;
    }

    @Override
    public boolean isAutoStartup() {
        return interval.isPositive();
    }

    @Override
    public int getPhase() {
        return PHASE;
    }

    @Override
    public void start() {
        stopping = new CountDownLatch(1);
        thread = Thread.ofVirtual().name("sweeper of " + subject).start(this::run);
    }

    /** Begins the stop and returns at once. Nothing further is settled. */
    void beginStop() {
        stopping.countDown();
    }

    /** Waits for what is being settled, but not for long; if that is interrupted, its marker is kept. */
    @Override
    public void stop() {
        beginStop();
        Thread sweeping = thread;
        if (sweeping == null) {
            return;
        }
        try {
            if (!sweeping.join(STOP)) {
                sweeping.interrupt();
                sweeping.join(STOP);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        thread = null;
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }

    private void run() {
        CountDownLatch stop = stopping;
        BooleanSupplier asked = () -> stop.getCount() == 0;
        try {
            boolean stopped = stop.await(pause(0), TimeUnit.MILLISECONDS);
            while (!stopped) {
                boolean more = swept(asked);
                stopped =
                        more ? asked.getAsBoolean() : stop.await(pause(interval.toMillis() / 2), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            log.debug("Interrupted, because the sweep did not end within the stop timeout");
        }
    }

    private long pause(long least) {
        return least + 1 + random.nextLong(interval.toMillis());
    }

    private boolean swept(BooleanSupplier asked) {
        try {
            return sweep.test(asked);
        } catch (RuntimeException e) {
            log.warn("A sweep of {} failed, and will be repeated: {}", subject, e.toString());
            return false;
        }
    }
}
