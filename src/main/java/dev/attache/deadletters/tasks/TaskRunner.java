package dev.attache.deadletters.tasks;

import dev.attache.deadletters.Task;
import dev.attache.deadletters.TaskFailedException;
import dev.attache.deadletters.tasks.TaskRun.Ending;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Runs tasks in this instance, each in a virtual thread of its own, and takes over tasks of instances that have crashed
 * or stopped. While a task runs, a second thread renews its lease, stores its progress and notices a cancellation.
 */
final class TaskRunner implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(TaskRunner.class);

    /** Letters are given back in this time when the instance stops; otherwise they stay invisible for a while. */
    private static final Duration STOP = Duration.ofSeconds(10);

    /** A task that ends every instance that runs it must not do so for ever. */
    private static final int MOST_LIVES = 5;

    private final QueueLeases leases;

    private final TaskStore store;

    private final TaskAction action;

    private final Consumer<Task> ended;

    private final DeadLetterProperties properties;

    private final Clock clock;

    private final Map<UUID, Running> running = new ConcurrentHashMap<>();

    private volatile CountDownLatch stopping = new CountDownLatch(1);

    private volatile @Nullable Thread watch;

    private record Running(TaskRun run, Thread thread) {}

    /** @param ended is told about each task that has ended here */
    TaskRunner(
            QueueLeases leases,
            TaskStore store,
            TaskAction action,
            Consumer<Task> ended,
            DeadLetterProperties properties,
            Clock clock) {
        this.leases = leases;
        this.store = store;
        this.action = action;
        this.ended = ended;
        this.properties = properties;
        this.clock = clock;
    }

    /** Runs a task whose record is stored and whose lease is taken. Returns at once. */
    void launch(TaskRecord record, Lease lease) {
        Duration hidden = lease.isAfterCrash() ? properties.hold() : Duration.ZERO;
        TaskRun run = new TaskRun(record, store, hidden, clock, TaskRun.Wait.REAL);
        Thread thread = Thread.ofVirtual().name("task-" + lease.queue()).unstarted(() -> execute(run, lease));
        running.put(run.id(), new Running(run, thread));
        if (stopping.getCount() == 0) {
            run.end(Ending.INSTANCE_STOPS);
        }
        thread.start();
    }

    /** Ends a task that runs here at once, instead of with the next look at its record. */
    void cancelled(UUID id) {
        Optional.ofNullable(running.get(id)).ifPresent(it -> it.run().end(Ending.CANCELLED));
    }

    private void execute(TaskRun run, Lease lease) {
        LeaseBeat beat = LeaseBeat.start(run, lease, run::save);
        try {
            Optional<Task.State> end = perform(run);
            beat.close();
            settle(run, lease, end);
        } catch (RuntimeException e) {
            log.warn(
                    "The end of task {} on {} could not be recorded; another instance resumes it. {}",
                    run.id(),
                    lease.queue(),
                    e.toString());
        } finally {
            beat.close();
            running.remove(run.id());
        }
    }

    private Optional<Task.State> perform(TaskRun run) {
        try {
            if (run.record().lives() > MOST_LIVES) {
                run.note("failed", "%d instances have begun this task and none has ended it".formatted(MOST_LIVES));
                return Optional.of(Task.State.FAILED);
            }
            run.save();
            return run.isEnding() ? Optional.empty() : action.run(run);
        } catch (TaskFailedException e) {
            run.note("failed", String.valueOf(e.getMessage()));
            return Optional.of(Task.State.FAILED);
        } catch (RuntimeException e) {
            log.error("Task {} on {} failed", run.id(), run.request().queue(), e);
            run.note("failed", "Failed unexpectedly: " + e.getClass().getSimpleName());
            return Optional.of(Task.State.FAILED);
        }
    }

    private void settle(TaskRun run, Lease lease, Optional<Task.State> end) {
        Ending ending = run.ending().orElse(null);
        if (ending == Ending.LEASE_LOST) {
            log.warn("Task {} on {} was taken over by another instance", run.id(), lease.queue());
        } else if (end.isPresent() || ending == Ending.CANCELLED) {
            Task task = run.finish(end.orElse(Task.State.CANCELLED));
            lease.release();
            ended.accept(task);
        } else {
            run.save();
            lease.leave();
        }
    }

    /** Takes over tasks that nobody runs. */
    void takeOver() {
        for (Lease lease : leases.takeOver()) {
            Optional<TaskRecord> record = store.find(lease.task());
            if (record.isEmpty() || record.get().task().isEnded()) {
                // The instance ended between two writes.
                lease.release();
            } else {
                log.info("Task {} on {} is resumed", lease.task(), lease.queue());
                launch(store.change(lease.task(), TaskRecord::resumed), lease);
            }
        }
    }

    @Override
    public void start() {
        stopping = new CountDownLatch(1);
        watch = Thread.ofVirtual().name("task-watch").start(this::watch);
    }

    private void watch() {
        try {
            do {
                try {
                    takeOver();
                } catch (RuntimeException e) {
                    log.debug("Tasks of other instances cannot be looked up now", e);
                }
            } while (!stopping.await(properties.watch().toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Gives the letters of all tasks back. Another instance resumes the tasks. */
    @Override
    public void stop() {
        stopping.countDown();
        running.values().forEach(it -> it.run().end(Ending.INSTANCE_STOPS));
        try {
            Thread watching = watch;
            if (watching != null) {
                watching.join(STOP);
            }
            for (Running task : running.values()) {
                task.thread().join(STOP);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        watch = null;
    }

    @Override
    public boolean isRunning() {
        return watch != null;
    }
}
