package dev.attache.flows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.attache.audit.AuditEntry;
import dev.attache.audit.AuditLog;
import dev.attache.deadletters.DeadLetter;
import dev.attache.deadletters.DeadLetters;
import dev.attache.deadletters.LeaseHeldException;
import dev.attache.deadletters.Selection;
import dev.attache.deadletters.Task;
import dev.attache.deadletters.TaskRequest;
import dev.attache.deadletters.Tasks;
import dev.attache.sandbox.AwsUnderTest;
import dev.attache.sandbox.DedicatedAwsTest;
import dev.attache.sandbox.TestAws;
import dev.attache.sandbox.Upstream;
import dev.attache.topology.Topology;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import software.amazon.awssdk.core.sync.RequestBody;

/** Tasks on the dead-letter queues of a worker, one queue for each test. */
@DedicatedAwsTest
class DeadLetterTasksIT {

    private static final Duration SOON = Duration.ofSeconds(60);

    private static final Map<String, String> SETTINGS = Map.of(
            "attache.dead-letters.lease", "5s",
            "attache.dead-letters.watch", "200ms",
            "spring.jmx.enabled", "false",
            // A worker that stops may have received a message that it has not seen yet.
            "spring.cloud.stream.sqs.default.consumer.visibility-timeout", "6s",
            "attache.failures.object-not-found-attempts", "1");

    private static AwsUnderTest.Running aws;

    private static Upstream upstream;

    private static ConfigurableApplicationContext worker;

    private static Tasks tasks;

    @BeforeAll
    static void start() {
        aws = TestAws.dedicated();
        var surroundings = aws.surroundings();
        aws.provision();
        upstream = new Upstream(surroundings.clients());
        worker = DedicatedWorker.start(surroundings, SETTINGS);
        tasks = worker.getBean(Tasks.class);
    }

    @AfterAll
    static void stop() {
        worker.close();
        aws.close();
    }

    /** Sends messages to a dead-letter queue, as if a worker had written them. */
    private static void letters(String queue, int number, String code, String body) {
        IntStream.range(0, number)
                .forEach(i -> upstream.send(
                        Topology.deadLetters(queue),
                        body.replace("ID", code + "-" + i),
                        Map.of(
                                "attache-code",
                                code,
                                "attache-reason",
                                "made by a test",
                                "attache-source-queue",
                                queue)));
    }

    private static String request(String key) {
        return """
            {"specversion":"1.0","id":"ID","source":"desk","type":"attachment.requested",\
            "data":{"direction":"download","channel":"event","attachment":{"key":"%s"}}}\
            """.formatted(key);
    }

    private static Task awaitEnd(UUID id) {
        return await().atMost(SOON)
                .until(() -> tasks.find(id), it -> it.filter(Task::isEnded).isPresent())
                .orElseThrow();
    }

    private static TaskRequest.Replay replay(String queue, double perSecond, boolean canary) {
        return new TaskRequest.Replay(Topology.deadLetters(queue), new Selection.All(), perSecond, canary);
    }

    private static void awaitVisible(String queue, int number) {
        var sqs = aws.surroundings().clients().sqs();
        String url =
                sqs.getQueueUrl(it -> it.queueName(Topology.deadLetters(queue))).queueUrl();
        await("letters that can be received")
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(sqs.getQueueAttributes(
                                        it -> it.queueUrl(url).attributeNamesWithStrings("ApproximateNumberOfMessages"))
                                .attributesAsStrings())
                        .containsEntry("ApproximateNumberOfMessages", Integer.toString(number)));
    }

    @Test
    void aGroupThatFailsAgainStopsAfterFive() {
        String queue = "attachment-requests";
        letters(queue, 30, "OBJECT_NOT_FOUND", request("downloads/never.pdf"));
        UUID scan = startSoon(new TaskRequest.Scan(Topology.deadLetters(queue)));
        assertThat(awaitEnd(scan).done()).isEqualTo(30);

        Task ended = awaitEnd(startSoon(replay(queue, 100, true)));

        assertThat(ended.state()).isEqualTo(Task.State.STOPPED);
        assertThat(ended.done()).isEqualTo(5);
        assertThat(ended.rejectedAgain()).isEqualTo(5);
        assertThat(ended.codes()).isEqualTo(Map.of("OBJECT_NOT_FOUND", 5L));
        assertThat(ended.note()).contains("The first 5 letters were rejected again");
        awaitVisible(queue, 30);
        assertThat(worker.getBean(DeadLetters.class)
                        .snapshot(Topology.deadLetters(queue))
                        .orElseThrow()
                        .letters())
                .hasSize(25)
                .extracting(DeadLetter::announcement)
                .containsOnly("request.rejected");
        assertThat(worker.getBean(AuditLog.class)
                        .latest(100, null, ended.id().toString())
                        .entries())
                .extracting(AuditEntry::action)
                .containsExactly("dead-letters.replay.ended");
    }

    @Test
    void aGroupWhoseCauseIsGoneIsReplayedWhenOneOfTheFirstFiveIsHandled() {
        String queue = "purchases-completed";
        aws.surroundings()
                .clients()
                .s3()
                .putObject(
                        it -> it.bucket(aws.surroundings().bucket()).key("downloads/shop/mended.epub"),
                        RequestBody.fromString("epub"));
        letters(queue, 30, "OBJECT_NOT_FOUND", """
            {"specversion":"1.0","id":"ID","source":"shop","type":"purchase.completed","data":{"orderId":"ID",\
            "purchasedAt":"2026-11-27T10:00:00Z","customer":{"address":"ana@example.com"},\
            "items":[{"sku":"s","title":"t","attachment":{"key":"downloads/shop/mended.epub"}}]}}\
            """);

        UUID id = startSoon(replay(queue, 100, true));

        Task ended = awaitEnd(id);
        assertThat(ended.state()).as(ended.toString()).isEqualTo(Task.State.DONE);
        assertThat(ended.done()).isEqualTo(30);
        await().atMost(SOON).untilAsserted(() -> {
            Task task = tasks.find(id).orElseThrow();
            assertThat(task.handled()).as(task.toString()).isEqualTo(30);
        });
        assertThat(upstream.depth(Topology.deadLetters(queue))).isZero();
    }

    @Test
    void theSecondOperatorIsToldAndACancelledReplayGivesTheLettersBack() {
        String queue = "objects-created";
        letters(queue, 40, "MALFORMED", "{");
        UUID id = startSoon(replay(queue, 0.01, false));

        assertThatThrownBy(() ->
                        tasks.start(new TaskRequest.Discard(Topology.deadLetters(queue), new Selection.All()), "ben"))
                .isInstanceOf(LeaseHeldException.class)
                .hasMessageContaining("ana");
        await().atMost(SOON).until(() -> tasks.find(id).orElseThrow().done() > 0);
        tasks.cancel(id, "ben");

        assertThat(awaitEnd(id).state()).isEqualTo(Task.State.CANCELLED);
        upstream.awaitDrained(queue);
        awaitVisible(queue, 40);
    }

    @Test
    void aWorkerThatStopsGivesTheLettersBackAndAnotherOneGoesOn() {
        String queue = "request-parts";
        letters(queue, 40, "MALFORMED", "{");
        UUID id;
        try (var another = DedicatedWorker.start(aws.surroundings(), withoutWatch())) {
            Tasks others = another.getBean(Tasks.class);
            id = startSoon(others, replay(queue, 0.5, false));
            await().atMost(SOON).until(() -> others.find(id).orElseThrow().done() > 0);
        }

        await("the task, taken over")
                .atMost(SOON)
                .until(() -> tasks.find(id).orElseThrow().note().contains("Resumed"));
        long done = tasks.find(id).orElseThrow().done();
        await().atMost(SOON).until(() -> tasks.find(id).orElseThrow().done() > done);
        tasks.cancel(id, "ana");
        awaitEnd(id);
        upstream.awaitDrained(queue);
        awaitVisible(queue, 40);
    }

    /** So that the other worker does not take over its own task or those of other tests. */
    private static Map<String, String> withoutWatch() {
        Map<String, String> settings = new HashMap<>(SETTINGS);
        settings.put("attache.dead-letters.watch", "1h");
        return settings;
    }

    @Test
    void discardedLettersAreGoneAndTheOthersStay() {
        String queue = "email-deliveries";
        String dead = Topology.deadLetters(queue);
        letters(queue, 25, "TOO_OLD", "{");
        letters(queue, 15, "TO_KEEP", "{");

        awaitEnd(startSoon(new TaskRequest.Scan(dead)));
        await().atMost(SOON).until(() -> tasks.running(dead).isEmpty());
        Task ended = awaitEnd(startSoon(new TaskRequest.Discard(dead, new Selection.OfGroup("TOO_OLD", "unknown"))));
        assertThat(ended.done()).isEqualTo(25);
        await().atMost(SOON).until(() -> tasks.running(dead).isEmpty());
        awaitEnd(startSoon(new TaskRequest.Scan(dead)));

        assertThat(worker.getBean(DeadLetters.class)
                        .snapshot(dead)
                        .orElseThrow()
                        .letters())
                .extracting(DeadLetter::code)
                .contains("TO_KEEP")
                .doesNotContain("TOO_OLD")
                .filteredOn("TO_KEEP"::equals)
                .hasSize(15);
    }

    private static UUID startSoon(TaskRequest request) {
        return startSoon(tasks, request);
    }

    /** A task that has just ended may still have its lease, and a worker that has just started not know all queues. */
    private static UUID startSoon(Tasks tasks, TaskRequest request) {
        return await().atMost(SOON)
                .ignoreExceptionsInstanceOf(RuntimeException.class)
                .until(() -> tasks.start(request, "ana"), any -> true)
                .id();
    }

    @Test
    void aDryRunSaysWhatWouldBeAcceptedAndChangesNothing() {
        String queue = "newsletter-deliveries";
        letters(queue, 3, "MALFORMED", "{");
        Map<String, String> eTags = objects();

        UUID id = startSoon(new TaskRequest.DryRun(Topology.deadLetters(queue), new Selection.All()));

        Task ended = awaitEnd(id);
        assertThat(ended.done()).isEqualTo(3);
        assertThat(ended.codes()).isEqualTo(Map.of("MALFORMED", 3L));
        assertThat(tasks.verdicts(id).orElseThrow().of()).hasSize(3);
        assertThat(objects()).containsAllEntriesOf(eTags);
        awaitVisible(queue, 3);
    }

    /** The objects that are no state of the console. */
    private static Map<String, String> objects() {
        var surroundings = aws.surroundings();
        Map<String, String> eTags = new TreeMap<>();
        surroundings
                .clients()
                .s3()
                .listObjectsV2Paginator(it -> it.bucket(surroundings.bucket()))
                .contents()
                .forEach(object -> eTags.put(object.key(), object.eTag()));
        eTags.keySet().removeIf(key -> key.startsWith("ledger/") || key.startsWith("attache-audit/"));
        return eTags;
    }

    @Test
    void lettersOfUndeliveredMessagesGoToTheQueueOfTheirChannel() {
        IntStream.range(0, 3).forEach(i -> upstream.send("deliveries-undelivered", "{", Map.of("channel", "email")));

        Task ended =
                awaitEnd(startSoon(new TaskRequest.Replay("deliveries-undelivered", new Selection.All(), 100, false)));

        assertThat(ended.done()).as(ended.toString()).isEqualTo(3);
        assertThat(upstream.depth("deliveries-undelivered")).isZero();
    }
}
