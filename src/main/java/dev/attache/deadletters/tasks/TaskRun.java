package dev.attache.deadletters.tasks;

import dev.attache.deadletters.Task;
import dev.attache.deadletters.TaskRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A task while this instance executes it: its progress, and whether it is to end early. */
public final class TaskRun {

    private final TaskStore store;

    private final Clock clock;

    private final Wait wait;

    private final CountDownLatch ending = new CountDownLatch(1);

    private volatile @Nullable Ending reason;

    private volatile TaskRecord record;

    private volatile Task.State state;

    /** Until when letters may be hidden that an instance had received before it crashed. */
    private final Instant hiddenUntil;

    private final AtomicLong total;

    private final AtomicLong done;

    private final AtomicLong failed;

    private final AtomicLong notFound;

    /** By kind, so that a note is replaced when its numbers change. */
    private final Map<String, String> notes = Collections.synchronizedMap(new LinkedHashMap<>());

    private final Map<String, Long> codes = Collections.synchronizedMap(new TreeMap<>());

    /** Why a task ends early. */
    public enum Ending {
        CANCELLED,
        /** Another instance has taken it over. */
        LEASE_LOST,
        /** Another instance is to resume it. */
        INSTANCE_STOPS
    }

    /** Waits; a test does not. */
    @FunctionalInterface
    public interface Wait {

        Wait REAL = (time, ending) -> {
            var _ = ending.await(time.toMillis(), TimeUnit.MILLISECONDS);
        };

        /** Returns after this time, or when the task is to end. */
        void await(Duration time, CountDownLatch ending) throws InterruptedException;
    }

    /** @param hidden for how long letters may be hidden that another instance had received */
    public TaskRun(TaskRecord record, TaskStore store, Duration hidden, Clock clock, Wait wait) {
        this.record = record;
        this.store = store;
        this.clock = clock;
        this.wait = wait;
        this.state = record.task().state();
        this.hiddenUntil = clock.instant().plus(hidden);
        this.total = new AtomicLong(record.task().total());
        this.done = new AtomicLong(record.task().done());
        this.failed = new AtomicLong(record.task().failed());
        this.notFound = new AtomicLong(record.task().notFound());
        if (record.lives() > 1) {
            note("resumed", "Resumed by another instance");
        }
    }

    public UUID id() {
        return record.task().id();
    }

    public TaskRequest request() {
        return record.task().request();
    }

    /** Letters that came later do not belong to the task, such as those that it sent and that were rejected again. */
    public Instant startedAt() {
        return record.task().startedAt();
    }

    public TaskRecord record() {
        return record;
    }

    public boolean isResumed() {
        return record.lives() > 1;
    }

    public boolean mayBeHidden() {
        return clock.instant().isBefore(hiddenUntil);
    }

    public void end(Ending why) {
        synchronized (ending) {
            if (reason == null) {
                reason = why;
            }
        }
        ending.countDown();
    }

    public boolean isEnding() {
        return ending.getCount() == 0;
    }

    public Optional<Ending> ending() {
        return Optional.ofNullable(reason);
    }

    /** Waits. Returns false if the task is to end. */
    public boolean pause(Duration time) {
        try {
            if (!isEnding() && time.isPositive()) {
                wait.await(time, ending);
            }
        } catch (InterruptedException e) {
            end(Ending.INSTANCE_STOPS);
        }
        return !isEnding();
    }

    public void total(long letters) {
        total.set(letters);
    }

    public void done(long letters) {
        done.addAndGet(letters);
    }

    public long done() {
        return done.get();
    }

    public void failed(long letters) {
        failed.addAndGet(letters);
    }

    public long failed() {
        return failed.get();
    }

    public void notFound(long letters) {
        notFound.set(letters);
    }

    public void code(String code) {
        codes.merge(code, 1L, Long::sum);
    }

    /** @param kind a note of the same kind is replaced */
    public void note(String kind, String text) {
        notes.put(kind, text);
    }

    public void noNote(String kind) {
        notes.remove(kind);
    }

    public void state(Task.State next) {
        state = next;
    }

    /** Changes and stores what is needed to resume the task. */
    public synchronized void remember(UnaryOperator<TaskRecord> change) {
        record = store.change(id(), stored -> progress(change.apply(stored)));
    }

    /** Stores the progress, and notices that somebody has cancelled the task. */
    synchronized void save() {
        record = store.change(id(), this::progress);
        if (record.cancelledBy() != null) {
            end(Ending.CANCELLED);
        }
    }

    /** Stores the end of the task. */
    synchronized Task finish(Task.State end) {
        state = end;
        record = store.change(id(), stored -> progress(stored).withoutBody());
        return record.task();
    }

    private TaskRecord progress(TaskRecord stored) {
        Task before = stored.task();
        if (before.isEnded()) {
            return stored;
        }
        Instant now = clock.instant();
        Task current = new Task(
                before.id(),
                before.request(),
                state,
                before.by(),
                before.startedAt(),
                before.updatedAt(),
                state.isEnded() ? now : null,
                Math.max(total.get(), done.get() + failed.get()),
                done.get(),
                notFound.get(),
                failed.get(),
                0,
                0,
                Map.copyOf(codes),
                String.join(". ", notes.values()));
        return stored.with(current.equals(before) ? before : current.at(now));
    }
}
