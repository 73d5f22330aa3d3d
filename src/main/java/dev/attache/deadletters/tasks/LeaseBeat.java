package dev.attache.deadletters.tasks;

import dev.attache.deadletters.tasks.TaskRun.Ending;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Renews a lease in a thread of its own while a run needs it, and ends the run if the lease is lost. */
final class LeaseBeat implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(LeaseBeat.class);

    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final TaskRun run;

    private final Lease lease;

    private final Runnable save;

    private final CountDownLatch performed = new CountDownLatch(1);

    private final Thread thread;

    private LeaseBeat(TaskRun run, Lease lease, Runnable save) {
        this.run = run;
        this.lease = lease;
        this.save = save;
        this.thread = Thread.ofVirtual().name("beat-" + lease.queue()).unstarted(this::beatUntilPerformed);
    }

    /** @param save is called once a second, also if the lease is not renewed then */
    static LeaseBeat start(TaskRun run, Lease lease, Runnable save) {
        LeaseBeat beat = new LeaseBeat(run, lease, save);
        beat.thread.start();
        return beat;
    }

    private void beatUntilPerformed() {
        try {
            while (!performed.await(INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
                beat();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void beat() {
        try {
            if (lease.isDue() && !lease.renew()) {
                run.end(Ending.LEASE_LOST);
            }
            save.run();
        } catch (RuntimeException e) {
            log.debug("The lease or the progress of task {} cannot be stored now", run.id(), e);
            if (lease.isAboutToExpire()) {
                run.end(Ending.LEASE_LOST);
            }
        }
    }

    /** Ends the beat. Waits for a renewal that is under way, which must not follow the lease's release. */
    @Override
    public void close() {
        performed.countDown();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
