package dev.attache.deadletters.tasks;

import dev.attache.binder.message.RedriveOutcomeListener;
import dev.attache.deadletters.tasks.Outcomes.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Records in the worker what became of redriven messages: at most once a second for each task, in a thread of its own.
 * Outcomes that cannot be written are kept and tried again; if there are too many, further ones are dropped, and the
 * task shows fewer outcomes than letters.
 */
final class OutcomeRecorder implements RedriveOutcomeListener, SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(OutcomeRecorder.class);

    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private static final Duration STOP = Duration.ofSeconds(3);

    private static final int MOST = 20_000;

    /** Anybody who may send to a queue can invent tasks: this bounds the objects that are written for them. */
    private static final int TASKS_AT_ONCE = 20;

    /** Message ids of SQS are UUIDs; other queues may use other characters. */
    private static final int LONGEST_LETTER = 100;

    /** Stops after the inputs, whose phase is higher. */
    private static final int PHASE = 0;

    private final Outcomes outcomes;

    private final LinkedBlockingQueue<Entry> pending = new LinkedBlockingQueue<>(MOST);

    private volatile CountDownLatch stopping = new CountDownLatch(1);

    private volatile @Nullable Thread thread;

    private record Entry(UUID task, Outcome outcome) {}

    OutcomeRecorder(Outcomes outcomes) {
        this.outcomes = outcomes;
    }

    @Override
    public void settled(String queue, String messageId, String redrive, @Nullable String code) {
        int slash = redrive.indexOf('/');
        if (slash < 0 || redrive.length() - slash > LONGEST_LETTER) {
            return;
        }
        try {
            UUID task = UUID.fromString(redrive.substring(0, slash));
            if (!pending.offer(new Entry(task, new Outcome(redrive.substring(slash + 1), code)))) {
                log.debug("The outcome of message {} of {} is dropped", messageId, queue);
            }
        } catch (IllegalArgumentException foreign) {
            log.debug("Message {} of {} names no task", messageId, queue);
        }
    }

    /** Writes the pending outcomes. Those that cannot be written are kept. */
    void flush() {
        List<Entry> taken = new ArrayList<>();
        pending.drainTo(taken);
        Map<UUID, List<Outcome>> byTask = new LinkedHashMap<>();
        taken.forEach(entry ->
                byTask.computeIfAbsent(entry.task(), any -> new ArrayList<>()).add(entry.outcome()));
        int written = 0;
        for (Map.Entry<UUID, List<Outcome>> task : byTask.entrySet()) {
            if (++written > TASKS_AT_ONCE) {
                log.warn("Messages name {} different tasks within a second; outcomes are dropped", byTask.size());
                return;
            }
            write(task.getKey(), task.getValue());
        }
    }

    private void write(UUID task, List<Outcome> settled) {
        try {
            outcomes.add(task, settled);
        } catch (RuntimeException e) {
            log.debug("Outcomes of task {} cannot be recorded yet", task, e);
            settled.forEach(outcome -> pending.offer(new Entry(task, outcome)));
        }
    }

    @Override
    public void start() {
        stopping = new CountDownLatch(1);
        thread = Thread.ofVirtual().name("redrive-outcomes").start(this::run);
    }

    private void run() {
        try {
            boolean stop = false;
            while (!stop) {
                stop = stopping.await(INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
                if (!pending.isEmpty()) {
                    flush();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void stop() {
        stopping.countDown();
        Thread running = thread;
        thread = null;
        try {
            if (running != null && !running.join(STOP)) {
                running.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
