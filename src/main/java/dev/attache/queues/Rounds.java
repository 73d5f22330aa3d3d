package dev.attache.queues;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Repeats a task in its own virtual thread, with a pause after each round. */
public final class Rounds {

    private static final Logger log = LoggerFactory.getLogger(Rounds.class);

    private static final Duration STOP = Duration.ofSeconds(1);

    private final String name;

    private final Runnable round;

    private final Duration pause;

    private volatile CountDownLatch stopping = new CountDownLatch(1);

    private volatile @Nullable Thread thread;

    /**
     * @param name for the thread and the log
     * @param round one round; an exception that it throws is logged, and ends that round only
     * @param pause between two rounds
     */
    public Rounds(String name, Runnable round, Duration pause) {
        this.name = name;
        this.round = round;
        this.pause = pause;
    }

    /** @param first whether to begin with a round, and not with a pause */
    public void start(boolean first) {
        CountDownLatch stop = new CountDownLatch(1);
        stopping = stop;
        thread = Thread.ofVirtual().name(name).start(() -> run(stop, first));
    }

    /** Ends the rounds; one that takes longer than a second is interrupted. */
    public void stop() {
        stopping.countDown();
        Thread running = thread;
        if (running == null) {
            return;
        }
        try {
            if (!running.join(STOP)) {
                running.interrupt();
                running.join(STOP);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        thread = null;
    }

    public boolean isRunning() {
        return thread != null;
    }

    private void run(CountDownLatch stop, boolean first) {
        try {
            boolean stopped = !first && stop.await(pause.toMillis(), TimeUnit.MILLISECONDS);
            while (!stopped) {
                runOnce();
                stopped = stop.await(pause.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            log.debug("{}: interrupted, because a round did not end in time", name);
        }
    }

    private void runOnce() {
        try {
            round.run();
        } catch (RuntimeException e) {
            log.warn("{}: a round failed, and will be repeated: {}", name, e.toString());
        }
    }
}
