package dev.attache.deadletters.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.attache.audit.AuditEntry;
import dev.attache.audit.AuditLog;
import dev.attache.audit.AuditPage;
import dev.attache.deadletters.LeaseHeldException;
import dev.attache.deadletters.Selection;
import dev.attache.deadletters.Task;
import dev.attache.deadletters.TaskFailedException;
import dev.attache.deadletters.TaskRequest;
import dev.attache.deadletters.Tasks;
import dev.attache.deadletters.tasks.Outcomes.Outcome;
import dev.attache.ledger.objects.ConditionalObjects;
import dev.attache.ledger.objects.InMemoryS3;
import dev.attache.link.SettableClock;
import dev.attache.queues.KnownQueue;
import dev.attache.queues.QueueCatalog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Instances that share a ledger run tasks, cancel them and take them over. */
class TaskRunnerTests {

    private static final String DEAD = "orders-dlq";

    private static final TaskRequest.Scan SCAN = new TaskRequest.Scan(DEAD);

    private static final Duration SOON = Duration.ofSeconds(15);

    private final InMemoryS3 s3 = new InMemoryS3();

    private final SettableClock clock = new SettableClock(s3.now);

    private final List<AuditEntry> audited = new CopyOnWriteArrayList<>();

    private final List<Instance> instances = new ArrayList<>();

    private final class Instance implements TaskAction {

        private final Function<TaskRun, Optional<Task.State>> action;

        private final TaskRunner runner;

        private final Tasks tasks;

        private final Outcomes outcomes;

        private final CountDownLatch began = new CountDownLatch(1);

        /** What is read of the body of any letter. */
        private Function<TaskRun, Optional<String>> reading = run -> Optional.of("body of ");

        private Instance(boolean edit, Function<TaskRun, Optional<Task.State>> action) {
            this.action = action;
            ConditionalObjects objects = new ConditionalObjects(s3, "bucket", attempt -> {});
            DeadLetterProperties properties = new DeadLetterProperties(
                    1_000,
                    4,
                    3,
                    Duration.ofMinutes(2),
                    Duration.ofSeconds(30),
                    Duration.ofMillis(50),
                    Duration.ofMinutes(15),
                    edit);
            QueueLeases leases = new QueueLeases(objects, s3, "bucket", "leases/", properties.lease(), clock);
            TaskStore store = TasksOfTests.store(objects, s3);
            this.outcomes = new Outcomes(objects, s3, "bucket", "outcomes/");
            QueueCatalog catalog = () -> List.of(
                    new KnownQueue("orders", "orders", KnownQueue.Kind.INPUT, null, DEAD, Duration.ofDays(4)),
                    new KnownQueue(DEAD, DEAD, KnownQueue.Kind.DEAD_LETTERS, "orders", null, Duration.ofDays(14)));
            this.runner = new TaskRunner(leases, store, this, new TaskAudit(new Log(), clock), properties, clock);
            this.tasks = new LedgerTasks(
                    leases,
                    store,
                    runner,
                    this,
                    outcomes,
                    new VerdictStore(objects, "verdicts/"),
                    catalog,
                    properties,
                    clock,
                    new Random(1));
            instances.add(this);
        }

        @Override
        public Optional<Task.State> run(TaskRun run) {
            began.countDown();
            return action.apply(run);
        }

        @Override
        public Optional<String> body(TaskRun run, TaskRequest.Edit request) {
            return reading.apply(run).map(found -> found + request.messageId());
        }
    }

    private final class Log implements AuditLog {

        @Override
        public void record(AuditEntry entry) {
            audited.add(entry);
        }

        @Override
        public AuditPage latest(int limit, @Nullable String older, String containing) {
            throw new UnsupportedOperationException();
        }
    }

    private Instance instance(Function<TaskRun, Optional<Task.State>> action) {
        return new Instance(false, action);
    }

    /** Finds one letter, and then more until the task is to end. */
    private static Optional<Task.State> busy(TaskRun run) {
        run.done(1);
        while (run.pause(Duration.ofMillis(20))) {
            run.note("busy", "Still busy");
        }
        return Optional.empty();
    }

    private static Optional<Task.State> quick(TaskRun run) {
        run.done(3);
        return Optional.of(Task.State.DONE);
    }

    private Task awaitEnd(Instance instance, UUID id) {
        return await().atMost(SOON)
                .until(
                        () -> instance.tasks.find(id),
                        it -> it.filter(Task::isEnded).isPresent())
                .orElseThrow();
    }

    @AfterEach
    void stop() {
        instances.forEach(instance -> instance.runner.stop());
    }

    @Test
    void aTaskEndsIsAuditedAndFreesTheQueue() {
        Instance instance = instance(TaskRunnerTests::quick);

        Task started = instance.tasks.start(SCAN, "ana");
        Task ended = awaitEnd(instance, started.id());

        assertThat(started.state()).isEqualTo(Task.State.RUNNING);
        assertThat(ended.state()).isEqualTo(Task.State.DONE);
        assertThat(ended.done()).isEqualTo(3);
        assertThat(ended.by()).isEqualTo("ana");
        assertThat(ended.endedAt()).isEqualTo(clock.instant());
        await().atMost(SOON).until(() -> !audited.isEmpty());
        assertThat(audited).singleElement().satisfies(entry -> {
            assertThat(entry.action()).isEqualTo("dead-letters.scan.ended");
            assertThat(entry.target()).isEqualTo(DEAD);
            assertThat(entry.count()).isEqualTo(3);
            assertThat(entry.details())
                    .containsEntry("state", "DONE")
                    .containsEntry("task", started.id().toString());
        });
        assertThat(instance.tasks.running(DEAD)).isEmpty();
        assertThat(instance.tasks.start(SCAN, "ben").by()).isEqualTo("ben");
    }

    @Test
    void twoOperatorsAtOnceTheSecondIsToldWho() {
        Instance one = instance(TaskRunnerTests::busy);
        Instance another = instance(TaskRunnerTests::busy);
        Task task = one.tasks.start(SCAN, "ana");

        assertThatThrownBy(() -> another.tasks.start(new TaskRequest.Discard(DEAD, new Selection.All()), "ben"))
                .isInstanceOf(LeaseHeldException.class)
                .hasMessageContaining("ana");
        assertThat(another.tasks.running(DEAD)).map(Task::id).contains(task.id());
    }

    @Test
    void aTaskIsCancelledFromAnotherInstance() {
        Instance one = instance(TaskRunnerTests::busy);
        Instance another = instance(TaskRunnerTests::quick);
        Task task = one.tasks.start(SCAN, "ana");

        another.tasks.cancel(task.id(), "ben");

        assertThat(awaitEnd(another, task.id()).state()).isEqualTo(Task.State.CANCELLED);
        assertThat(another.tasks.cancel(task.id(), "ben").state()).isEqualTo(Task.State.CANCELLED);
        assertThatThrownBy(() -> another.tasks.cancel(UUID.randomUUID(), "ben"))
                .isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void aTaskOfAnInstanceThatStopsIsResumedByAnother() throws InterruptedException {
        Instance one = instance(TaskRunnerTests::busy);
        Instance another = instance(TaskRunnerTests::quick);
        Task task = one.tasks.start(SCAN, "ana");
        one.began.await();

        one.runner.stop();
        another.runner.start();

        Task ended = awaitEnd(another, task.id());
        assertThat(ended.state()).isEqualTo(Task.State.DONE);
        assertThat(ended.done()).as("of both instances").isEqualTo(4);
        assertThat(ended.note()).contains("Resumed by another instance");
    }

    @Test
    void aTaskOfAnInstanceThatCrashedIsResumedWhenItsLeaseIsOver() {
        ConditionalObjects objects = new ConditionalObjects(s3, "bucket", attempt -> {});
        UUID crashed = TaskIds.at(clock.instant(), new Random(7));
        new QueueLeases(objects, s3, "bucket", "leases/", Duration.ofSeconds(30), clock).acquire(DEAD, crashed, "ana");
        TasksOfTests.store(objects, s3).create(TaskRecord.started(crashed, SCAN, "ana", clock.instant()));
        Instance another = instance(TaskRunnerTests::quick);

        another.runner.takeOver();
        assertThat(another.tasks.find(crashed).orElseThrow().state()).isEqualTo(Task.State.RUNNING);
        s3.now = s3.now.plusSeconds(31);
        another.runner.takeOver();

        assertThat(awaitEnd(another, crashed).state()).isEqualTo(Task.State.DONE);
    }

    @Test
    void aTaskThatEveryInstanceLeavesEndsAtLast() {
        ConditionalObjects objects = new ConditionalObjects(s3, "bucket", attempt -> {});
        UUID crashed = TaskIds.at(clock.instant(), new Random(7));
        new QueueLeases(objects, s3, "bucket", "leases/", Duration.ofSeconds(30), clock)
                .acquire(DEAD, crashed, "ana")
                .leave();
        TaskStore store = TasksOfTests.store(objects, s3);
        store.create(TaskRecord.started(crashed, SCAN, "ana", clock.instant()));
        for (int i = 0; i < 4; i++) {
            store.change(crashed, TaskRecord::resumed);
        }
        Instance another = instance(TaskRunnerTests::quick);

        another.runner.takeOver();

        Task ended = awaitEnd(another, crashed);
        assertThat(ended.state()).isEqualTo(Task.State.FAILED);
        assertThat(ended.note()).contains("none has ended it");
    }

    @Test
    void aLeaseWithoutATaskIsFreed() {
        ConditionalObjects objects = new ConditionalObjects(s3, "bucket", attempt -> {});
        new QueueLeases(objects, s3, "bucket", "leases/", Duration.ofSeconds(30), clock)
                .acquire(DEAD, new UUID(1, 1), "ana")
                .leave();
        Instance another = instance(TaskRunnerTests::quick);

        another.runner.takeOver();

        assertThat(another.tasks.start(SCAN, "ben").by()).isEqualTo("ben");
    }

    @Test
    void aTaskThatFailsSaysWhy() {
        Instance instance = instance(run -> {
            throw new TaskFailedException("SQS refuses sqs:ReceiveMessage", new IllegalStateException()) {};
        });

        Task ended = awaitEnd(instance, instance.tasks.start(SCAN, "ana").id());

        assertThat(ended.state()).isEqualTo(Task.State.FAILED);
        assertThat(ended.note()).isEqualTo("SQS refuses sqs:ReceiveMessage");
    }

    @Test
    void outcomesThatComeAfterTheEndAreCounted() {
        Instance instance = instance(TaskRunnerTests::quick);
        UUID id = instance.tasks
                .start(new TaskRequest.Replay(DEAD, new Selection.All(), 10, false), "ana")
                .id();
        awaitEnd(instance, id);

        instance.outcomes.add(id, List.of(new Outcome("a", null), new Outcome("b", "TOO_LARGE")));

        Task task = instance.tasks.find(id).orElseThrow();
        assertThat(task.handled()).isEqualTo(1);
        assertThat(task.rejectedAgain()).isEqualTo(1);
        assertThat(task.codes()).isEqualTo(Map.of("TOO_LARGE", 1L));
    }

    @Test
    void theLatestTasksComeFirst() {
        Instance instance = instance(TaskRunnerTests::quick);
        List<UUID> ids = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            ids.addFirst(instance.tasks.start(SCAN, "ana").id());
            awaitEnd(instance, ids.getFirst());
            await().atMost(SOON).until(() -> instance.tasks.running(DEAD).isEmpty());
            int ended = i + 1;
            await().atMost(SOON).until(() -> audited.size() == ended);
            clock.advance(Duration.ofSeconds(1));
        }

        assertThat(instance.tasks.latest(null, 2)).extracting(Task::id).isEqualTo(ids.subList(0, 2));
        assertThat(instance.tasks.latest(DEAD, 10)).extracting(Task::id).isEqualTo(ids);
        assertThat(instance.tasks.latest("payments-dlq", 10)).isEmpty();
    }

    @Test
    void onlyKnownDeadLetterQueuesAndAllowedEditsAreAccepted() {
        Instance instance = instance(TaskRunnerTests::quick);

        assertThatThrownBy(() -> instance.tasks.start(new TaskRequest.Scan("orders"), "ana"))
                .hasMessageContaining("orders is not a dead-letter queue");
        assertThatThrownBy(() -> instance.tasks.start(new TaskRequest.Scan("orders-dlq.fifo"), "ana"))
                .hasMessageContaining("only standard queues");
        assertThatThrownBy(() -> instance.tasks.start(new TaskRequest.Edit(DEAD, "m", "{}"), "ana"))
                .hasMessageContaining("set attache.dead-letters.edit to true");
        assertThatThrownBy(() -> instance.tasks.body(DEAD, "m", "ana"))
                .hasMessageContaining("set attache.dead-letters.edit to true");
    }

    private LeaseContent lease() {
        return LeaseContent.read(new ConditionalObjects(s3, "bucket", attempt -> {})
                .get("leases/" + DEAD)
                .orElseThrow()
                .content());
    }

    private void pass(Duration time) {
        s3.now = s3.now.plus(time);
        clock.advance(time);
    }

    @Test
    void theLeaseOfALongSearchForALetterIsRenewed() {
        Instance instance = new Instance(true, TaskRunnerTests::quick);
        Instance another = instance(TaskRunnerTests::quick);
        instance.reading = run -> {
            pass(Duration.ofSeconds(19));
            await().atMost(SOON).until(() -> lease().renewals() > 0);
            pass(Duration.ofSeconds(19));

            another.runner.takeOver();

            assertThatThrownBy(() -> another.tasks.start(SCAN, "ben")).isInstanceOf(LeaseHeldException.class);
            return Optional.of("found ");
        };

        assertThat(instance.tasks.body(DEAD, "m", "ana")).contains("found m");
        assertThat(another.tasks.start(SCAN, "ben").by()).isEqualTo("ben");
    }

    @Test
    void aSearchForALetterEndsAndSaysSoWhenItsLeaseIsLost() {
        Instance instance = new Instance(true, TaskRunnerTests::quick);
        Instance another = instance(TaskRunnerTests::quick);
        instance.reading = run -> {
            s3.now = s3.now.plusSeconds(31);
            another.runner.takeOver();
            clock.advance(Duration.ofSeconds(11));
            await().atMost(SOON).until(run::isEnding);
            return Optional.empty();
        };

        assertThatThrownBy(() -> instance.tasks.body(DEAD, "m", "ana"))
                .isInstanceOf(TaskFailedException.class)
                .hasMessageContaining("The lease of orders-dlq could not be renewed");
    }

    @Test
    void theTextOfAnEditIsNotShownAgain() {
        Instance instance = new Instance(true, TaskRunnerTests::quick);

        Task started = instance.tasks.start(new TaskRequest.Edit(DEAD, "m", "SECRET"), "ana");
        awaitEnd(instance, started.id());

        assertThat(started.request().toString()).doesNotContain("SECRET");
        assertThat(s3.objects.values()).noneMatch(content -> new String(content).contains("SECRET"));
        await().atMost(SOON).until(() -> instance.tasks.running(DEAD).isEmpty());
        await().atMost(SOON).until(() -> !audited.isEmpty());
        assertThat(instance.tasks.body(DEAD, "m", "ana")).contains("body of m");
    }
}
