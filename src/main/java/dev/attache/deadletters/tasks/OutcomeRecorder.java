package dev.attache.deadletters.tasks;

import dev.attache.binder.message.RedriveOutcomeListener;
import dev.attache.deadletters.tasks.Outcomes.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
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
 *
 * <p>Anybody who may send to a queue can invent tasks. Nothing is written for them: one list request of S3 a second
 * tells which of the named tasks exist. Half of the room for outcomes is reserved for tasks that are known to exist.
 */
final class OutcomeRecorder implements RedriveOutcomeListener, SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(OutcomeRecorder.class);

    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private static final Duration STOP = Duration.ofSeconds(3);

    private static final int MOST = 20_000;

    private static final int RESERVED = MOST / 2;

    private static final int MOST_KNOWN = 1_000;

    /** Message ids of SQS are UUIDs; other queues may use other characters. */
    private static final int LONGEST_LETTER = 100;

    /** Stops after the inputs, whose phase is higher. */
    private static final int PHASE = 0;

    private final Outcomes outcomes;

    private final TaskStore store;

    /** Tasks that exist. */
    private final Set<UUID> known = ConcurrentHashMap.newKeySet();

    private final LinkedBlockingQueue<Entry> pending = new LinkedBlockingQueue<>(MOST);

    private volatile CountDownLatch stopping = new CountDownLatch(1);

    private volatile @Nullable Thread thread;

    private record Entry(UUID task, Outcome outcome) {}

    OutcomeRecorder(Outcomes outcomes, TaskStore store) {
        this.outcomes = outcomes;
        this.store = store;
    }

    @Override
    public void settled(String queue, String messageId, String redrive, @Nullable String code) {
        int slash = redrive.indexOf('/');
        if (slash < 0 || redrive.length() - slash > LONGEST_LETTER) {
            return;
        }
        try {
            UUID task = UUID.fromString(redrive.substring(0, slash));
            if (!add(new Entry(task, new Outcome(redrive.substring(slash + 1), code)))) {
                log.debug("The outcome of message {} of {} is dropped", messageId, queue);
            }
        } catch (IllegalArgumentException foreign) {
            log.debug("Message {} of {} names no task", messageId, queue);
        }
    }

    private boolean add(Entry entry) {
        return (pending.size() < MOST - RESERVED || known.contains(entry.task())) && pending.offer(entry);
    }

    /** Writes the pending outcomes of tasks that exist. Those that cannot be written are kept. */
    void flush() {
        List<Entry> taken = new ArrayList<>();
        pending.drainTo(taken);
        Map<UUID, List<Outcome>> byTask = new LinkedHashMap<>();
        taken.forEach(entry ->
                byTask.computeIfAbsent(entry.task(), any -> new ArrayList<>()).add(entry.outcome()));
        boolean listed = lookUp(byTask.keySet());
        int invented = 0;
        for (Map.Entry<UUID, List<Outcome>> task : byTask.entrySet()) {
            if (known.contains(task.getKey())) {
                write(task.getKey(), task.getValue());
            } else if (listed) {
                invented++;
            } else {
                keep(task.getKey(), task.getValue());
            }
        }
        if (invented > 0) {
            log.warn("Messages name {} tasks that do not exist; nothing is recorded for them", invented);
        }
    }

    /** Looks for the tasks that are not known yet. Returns false if that is not possible now. */
    private boolean lookUp(Set<UUID> tasks) {
        if (known.containsAll(tasks)) {
            return true;
        }
        if (known.size() > MOST_KNOWN) {
            known.clear();
        }
        try {
            store.newest().stream().filter(tasks::contains).forEach(known::add);
            return true;
        } catch (RuntimeException e) {
            log.debug("Tasks cannot be looked up yet", e);
            return false;
        }
    }

    private void write(UUID task, List<Outcome> settled) {
        try {
            outcomes.add(task, settled);
        } catch (RuntimeException e) {
            log.debug("Outcomes of task {} cannot be recorded yet", task, e);
            keep(task, settled);
        }
    }

    private void keep(UUID task, List<Outcome> settled) {
        long dropped = settled.stream()
                .filter(outcome -> !add(new Entry(task, outcome)))
                .count();
        if (dropped > 0) {
            log.debug("{} outcomes of task {} are dropped", dropped, task);
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
