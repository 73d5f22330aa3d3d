package dev.attache.queues.sampling;

import dev.attache.queues.Rounds;
import java.time.Duration;
import org.springframework.context.SmartLifecycle;

/** Samples the queues from the application's start to its stop. */
final class SampleSchedule implements SmartLifecycle {

    private final Rounds rounds;

    SampleSchedule(Runnable sample, Duration interval) {
        this.rounds = new Rounds("sampler of queues", sample, interval);
    }

    @Override
    public void start() {
        rounds.start(true);
    }

    @Override
    public void stop() {
        rounds.stop();
    }

    @Override
    public boolean isRunning() {
        return rounds.isRunning();
    }
}
