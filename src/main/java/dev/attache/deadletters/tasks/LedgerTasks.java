package dev.attache.deadletters.tasks;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.attache.deadletters.Task;
import dev.attache.deadletters.TaskRequest;
import dev.attache.deadletters.Tasks;
import dev.attache.deadletters.Verdicts;
import dev.attache.queues.KnownQueue;
import dev.attache.queues.QueueCatalog;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Starts, finds and cancels tasks of all instances. */
final class LedgerTasks implements Tasks {

    /** How many tasks are looked at, to find those of a queue. */
    private static final int MOST_LOOKED_AT = 300;

    private final QueueLeases leases;

    private final TaskStore store;

    private final TaskRunner runner;

    private final TaskAction action;

    private final Outcomes outcomes;

    private final VerdictStore verdicts;

    private final QueueCatalog catalog;

    private final DeadLetterProperties properties;

    private final Clock clock;

    private final RandomGenerator random;

    /** Records of tasks that have ended do not change. */
    private final Cache<UUID, TaskRecord> ended =
            Caffeine.newBuilder().maximumSize(MOST_LOOKED_AT).build();

    LedgerTasks(
            QueueLeases leases,
            TaskStore store,
            TaskRunner runner,
            TaskAction action,
            Outcomes outcomes,
            VerdictStore verdicts,
            QueueCatalog catalog,
            DeadLetterProperties properties,
            Clock clock,
            RandomGenerator random) {
        this.leases = leases;
        this.store = store;
        this.runner = runner;
        this.action = action;
        this.outcomes = outcomes;
        this.verdicts = verdicts;
        this.catalog = catalog;
        this.properties = properties;
        this.clock = clock;
        this.random = random;
    }

    @Override
    public Task start(TaskRequest request, String by) {
        require(request);
        UUID id = TaskIds.at(clock.instant(), random);
        Lease lease = leases.acquire(request.queue(), id, by);
        TaskRecord record = TaskRecord.started(id, request, by, clock.instant());
        try {
            store.create(record);
        } catch (RuntimeException e) {
            lease.release();
            throw e;
        }
        runner.launch(record, lease);
        return record.view();
    }

    private void require(TaskRequest request) {
        String queue = request.queue();
        if (queue.endsWith(".fifo")) {
            throw new IllegalArgumentException(queue + " is a FIFO queue; only standard queues are supported");
        }
        if (catalog.find(queue).filter(KnownQueue::holdsDeadLetters).isEmpty()) {
            throw new IllegalArgumentException(queue + " is not a dead-letter queue of this installation");
        }
        if (request instanceof TaskRequest.Edit && !properties.edit()) {
            throw new IllegalArgumentException(
                    "Letters may not be edited: to allow it, set attache.dead-letters.edit to true");
        }
    }

    @Override
    public Optional<Task> find(UUID id) {
        return record(id).map(this::withOutcomes);
    }

    private Optional<TaskRecord> record(UUID id) {
        TaskRecord known = ended.getIfPresent(id);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<TaskRecord> found = store.find(id);
        found.filter(record -> record.task().isEnded()).ifPresent(record -> ended.put(id, record));
        return found;
    }

    private Task withOutcomes(TaskRecord record) {
        Task task = record.view();
        boolean sends = task.request() instanceof TaskRequest.Replay || task.request() instanceof TaskRequest.Edit;
        if (!sends || task.done() == 0) {
            return task;
        }
        Outcomes.Tally tally = outcomes.tally(task.id());
        return task.withOutcomes(tally.handled(), tally.rejected(), tally.codes());
    }

    @Override
    public List<Task> latest(@Nullable String queue, int limit) {
        return store.newest().stream()
                .limit(MOST_LOOKED_AT)
                .flatMap(id -> record(id).stream())
                .filter(record ->
                        queue == null || record.task().request().queue().equals(queue))
                .limit(limit)
                .map(this::withOutcomes)
                .toList();
    }

    @Override
    public Optional<Task> running(String queue) {
        return leases.holder(queue)
                .flatMap(store::find)
                .filter(record -> !record.task().isEnded())
                .map(this::withOutcomes);
    }

    @Override
    public Task cancel(UUID id, String by) {
        TaskRecord record = store.change(id, stored -> stored.task().isEnded() ? stored : stored.cancelled(by));
        runner.cancelled(id);
        return withOutcomes(record);
    }

    @Override
    public Optional<Verdicts> verdicts(UUID dryRun) {
        return verdicts.find(dryRun);
    }

    @Override
    public Optional<String> body(String queue, String messageId, String by) {
        TaskRequest.Edit request = new TaskRequest.Edit(queue, messageId, "");
        require(request);
        UUID id = TaskIds.at(clock.instant(), random);
        Lease lease = leases.acquire(queue, id, by);
        try {
            TaskRecord record = TaskRecord.started(id, request, by, clock.instant());
            TaskRun run = new TaskRun(record, store, Duration.ZERO, clock, TaskRun.Wait.REAL);
            Optional<String> body = renewing(lease, run, request);
            if (body.isEmpty() && run.isEnding()) {
                throw new LeaseLostException(queue);
            }
            return body;
        } finally {
            lease.release();
        }
    }

    /** The search has no record, so there is no progress to store. */
    private Optional<String> renewing(Lease lease, TaskRun run, TaskRequest.Edit request) {
        try (LeaseBeat _ = LeaseBeat.start(run, lease, () -> {})) {
            return action.body(run, request);
        }
    }

    @Override
    public boolean mayEdit() {
        return properties.edit();
    }
}
