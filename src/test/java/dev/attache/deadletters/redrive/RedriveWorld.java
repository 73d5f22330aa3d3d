package dev.attache.deadletters.redrive;

import dev.attache.binder.failure.CauseClassifier;
import dev.attache.binder.message.SenderAttestation;
import dev.attache.contract.EventCodec;
import dev.attache.contract.EventType;
import dev.attache.contract.json.JsonEventCodec;
import dev.attache.contract.json.JsonEventEditor;
import dev.attache.deadletters.LetterReader;
import dev.attache.deadletters.Snapshot;
import dev.attache.deadletters.Snapshots;
import dev.attache.deadletters.Task;
import dev.attache.deadletters.TaskRequest;
import dev.attache.deadletters.UnreliableSqs;
import dev.attache.deadletters.dryrun.AcceptanceCheck;
import dev.attache.deadletters.dryrun.AcceptanceChecks;
import dev.attache.deadletters.dryrun.EditedEvents;
import dev.attache.deadletters.dryrun.Verdict;
import dev.attache.deadletters.tasks.DeadLetterProperties;
import dev.attache.deadletters.tasks.Outcomes;
import dev.attache.deadletters.tasks.TaskRun;
import dev.attache.deadletters.tasks.TasksOfTests;
import dev.attache.deadletters.tasks.VerdictStore;
import dev.attache.ledger.objects.ConditionalObjects;
import dev.attache.ledger.objects.InMemoryS3;
import dev.attache.link.SettableClock;
import dev.attache.queues.KnownQueue;
import dev.attache.queues.QueueCatalog;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/** The queue orders with its dead letters, whose tasks run in the thread of the test. Waiting moves the clock. */
final class RedriveWorld {

    private static final EventCodec CODEC = new JsonEventCodec(DataSize.ofKilobytes(256));

    static final String QUEUE = "orders";

    static final String DEAD = "orders-dlq";

    final SettableClock clock = new SettableClock(Instant.parse("2026-11-27T10:00:00Z"));

    final InMemoryS3 s3 = new InMemoryS3();

    final UnreliableSqs sqs;

    final Snapshots snapshots = new Snapshots(s3, "bucket", "snapshots/");

    final ConditionalObjects objects = new ConditionalObjects(s3, "bucket", attempt -> {});

    final Outcomes outcomes = new Outcomes(objects, s3, "bucket", "outcomes/");

    final VerdictStore verdicts = new VerdictStore(objects, "verdicts/");

    final RedriveContext context;

    private final AcceptanceChecks checks = new AcceptanceChecks(
            List.of(new Requests()), new CauseClassifier(), SenderAttestation.NONE, "attache-sender");

    /** Called while a task waits. */
    Runnable whileWaiting = () -> {};

    RedriveWorld(long seed) {
        this(seed, 1_000);
    }

    RedriveWorld(long seed, int limit) {
        sqs = new UnreliableSqs(seed, clock);
        sqs.create(QUEUE, DEAD);
        QueueCatalog catalog = () -> List.of(
                new KnownQueue(QUEUE, QUEUE, KnownQueue.Kind.INPUT, null, DEAD, Duration.ofDays(4)),
                new KnownQueue(DEAD, DEAD, KnownQueue.Kind.DEAD_LETTERS, QUEUE, null, Duration.ofDays(14)));
        LetterReader reader = new LetterReader(CODEC, rejection -> Optional.empty(), "attache-", Map.of());
        context = new RedriveContext(
                new ConsoleQueues(sqs),
                catalog,
                reader,
                snapshots,
                outcomes,
                new RedrivenAttributes("attache-", new Statements()),
                new DeadLetterProperties(
                        limit,
                        4,
                        3,
                        Duration.ofMinutes(2),
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(10),
                        Duration.ofMinutes(15),
                        true),
                clock);
    }

    /** Adds dead letters of a group, as a worker writes them, and waits a second. Returns their ids. */
    List<String> letters(int number, String code, String source) {
        List<String> ids = IntStream.range(0, number)
                .mapToObj(i -> sqs.add(
                        DEAD,
                        body(code + "-" + source + "-" + i, source),
                        Map.of("attache-code", code, "attache-source-queue", QUEUE, "type", "attachment.requested")))
                .toList();
        clock.advance(Duration.ofSeconds(1));
        return ids;
    }

    static String body(String id, String source) {
        return """
            {"specversion":"1.0","type":"attachment.requested","source":"%s","id":"%s","data":{}}\
            """.formatted(source, id);
    }

    TaskRun start(TaskRequest request) {
        return TasksOfTests.run(request, objects, s3, clock, this::moveOn);
    }

    /** Waiting for half an hour takes no time. */
    private void moveOn(Duration time) {
        clock.advance(time);
        s3.now = s3.now.plus(time);
        whileWaiting.run();
    }

    Optional<Task.State> run(TaskRun run) {
        return switch (run.request()) {
            case TaskRequest.Scan scan -> new Scan(context).run(run, scan);
            case TaskRequest.Replay replay -> new Replay(context).run(run, replay);
            case TaskRequest.Discard discard -> new Discard(context).run(run, discard);
            case TaskRequest.DryRun dryRun -> new DryRun(context, () -> checks, verdicts).run(run, dryRun);
            case TaskRequest.Edit edit -> edit().run(run, edit);
        };
    }

    Edit edit() {
        EditedEvents edited = new EditedEvents(
                checks,
                CODEC,
                new JsonEventEditor(DataSize.ofKilobytes(256)),
                source -> false,
                () -> "id-" + clock.instant());
        return new Edit(context, () -> edited);
    }

    /** States only who sent a message. */
    private static final class Statements implements SenderAttestation {

        @Override
        public Optional<String> attest(String queue, String body, String senderId) {
            return Optional.of(queue + " " + senderId);
        }

        @Override
        public Optional<String> senderOf(String queue, String body, String statement) {
            return Optional.empty();
        }
    }

    /** The queue takes requests of all sources but the shop. */
    private static final class Requests implements AcceptanceCheck {

        @Override
        public boolean isFor(String queue) {
            return queue.equals(QUEUE);
        }

        @Override
        public List<EventType<?>> types() {
            return List.of(EventType.ATTACHMENT_REQUESTED);
        }

        @Override
        public Verdict check(byte[] body, Map<String, String> attributes, @Nullable String senderId) {
            return new String(body, StandardCharsets.UTF_8).contains("\"shop\"")
                    ? new Verdict.Rejected("SOURCE_NOT_ALLOWED", "shop is closed")
                    : Verdict.Accepted.WITHOUT_NOTE;
        }
    }

    Snapshot scanned() {
        run(start(new TaskRequest.Scan(DEAD)));
        return snapshots.snapshot(DEAD).orElseThrow();
    }
}
