package dev.attache.deadletters.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.deadletters.Selection;
import dev.attache.deadletters.TaskRequest;
import dev.attache.deadletters.tasks.Outcomes.Outcome;
import dev.attache.deadletters.tasks.Outcomes.Tally;
import dev.attache.ledger.objects.ConditionalObjects;
import dev.attache.ledger.objects.InMemoryS3;
import dev.attache.ledger.objects.InMemoryS3.Trouble;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Workers record what became of redriven messages; a task reads it. */
class OutcomesTests {

    private static final UUID TASK = new UUID(1, 1);

    private final InMemoryS3 s3 = new InMemoryS3();

    private final ConditionalObjects objects = new ConditionalObjects(s3, "bucket", attempt -> {});

    private final Outcomes outcomes = new Outcomes(objects, s3, "bucket", "outcomes/");

    private final TaskStore store = TasksOfTests.store(objects, s3);

    private final OutcomeRecorder recorder = new OutcomeRecorder(outcomes, store);

    @BeforeEach
    void createTask() {
        create(TASK);
    }

    private void create(UUID task) {
        store.create(TaskRecord.started(
                task, new TaskRequest.Replay("orders-dlq", new Selection.All(), 10, true), "ana", s3.now));
    }

    private List<String> written() {
        return s3.objects.keySet().stream()
                .filter(key -> key.startsWith("outcomes/"))
                .toList();
    }

    private void invent(int number) {
        IntStream.range(0, number).forEach(i -> recorder.settled("orders", "m", new UUID(9, i) + "/l", null));
    }

    @Test
    void theOutcomesOfASecondAreOneObject() {
        IntStream.range(0, 100).forEach(i -> recorder.settled("orders", "m-" + i, TASK + "/l-" + i, null));
        recorder.settled("orders", "m", TASK + "/rejected", "MALFORMED");

        recorder.flush();

        assertThat(written()).hasSize(1);
        Tally tally = outcomes.tally(TASK);
        assertThat(tally.handled()).isEqualTo(100);
        assertThat(tally.rejected()).isEqualTo(1);
        assertThat(tally.codes()).isEqualTo(Map.of("MALFORMED", 1L));
    }

    @Test
    void aLetterThatWasSentTwiceCountsOnceAndAsHandledIfOneOfTheTwoWas() {
        outcomes.add(TASK, List.of(new Outcome("a", "MALFORMED"), new Outcome("a", null)));
        outcomes.add(TASK, List.of(new Outcome("b", null), new Outcome("b", null), new Outcome("c", "TOO_LARGE")));
        outcomes.add(TASK, List.of(new Outcome("c", "TOO_LARGE"), new Outcome("b", "TOO_LARGE")));

        Tally tally = outcomes.tally(TASK);

        assertThat(tally.handled()).isEqualTo(2);
        assertThat(tally.rejected()).isEqualTo(1);
        assertThat(tally.isHandled("a")).isTrue();
        assertThat(tally.isHandled("c")).isFalse();
        assertThat(tally.isHandled("unknown")).isFalse();
    }

    @Test
    void outcomesThatCannotBeWrittenAreKept() {
        recorder.settled("orders", "m", TASK + "/a", null);
        s3.troubles.add(Trouble.UNAVAILABLE);

        recorder.flush();
        assertThat(written()).isEmpty();
        recorder.flush();

        assertThat(outcomes.tally(TASK).handled()).isEqualTo(1);
    }

    @Test
    void anObjectIsReadOnce() {
        outcomes.add(TASK, List.of(new Outcome("a", null)));
        outcomes.tally(TASK);
        outcomes.add(TASK, List.of(new Outcome("b", null)));
        int gets = s3.gets;

        assertThat(outcomes.tally(TASK).handled()).isEqualTo(2);
        assertThat(s3.gets).isEqualTo(gets + 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "no task/letter", "../../keys/letter"})
    void foreignValuesOfTheAttributeAreIgnored(String redrive) {
        recorder.settled("orders", "m", redrive, null);
        recorder.settled("orders", "m", TASK + "/" + "x".repeat(200), null);

        recorder.flush();

        assertThat(written()).isEmpty();
    }

    @Test
    void inventedTasksCauseNoObjectsAndOneCall() {
        int calls = s3.gets + s3.puts + s3.lists;
        invent(1_000);

        recorder.flush();

        assertThat(written()).isEmpty();
        assertThat(s3.gets + s3.puts + s3.lists).isEqualTo(calls + 1);
    }

    @Test
    void inventedTasksDoNotHideTheOutcomesOfATask() {
        invent(1_000);
        recorder.settled("orders", "m", TASK + "/a", null);

        recorder.flush();

        assertThat(written()).hasSize(1);
        assertThat(outcomes.tally(TASK).handled()).isEqualTo(1);
    }

    @Test
    void inventedTasksLeaveRoomForTheOutcomesOfAKnownTask() {
        recorder.settled("orders", "m", TASK + "/a", null);
        recorder.flush();
        invent(25_000);
        recorder.settled("orders", "m", TASK + "/b", null);

        recorder.flush();

        assertThat(outcomes.tally(TASK).handled()).isEqualTo(2);
    }

    @Test
    void theOutcomesOfManyTasksAreWrittenAtOnce() {
        List<UUID> tasks = IntStream.range(0, 30).mapToObj(i -> new UUID(2, i)).toList();
        tasks.forEach(this::create);
        tasks.forEach(task -> recorder.settled("orders", "m", task + "/a", null));

        recorder.flush();

        assertThat(tasks).allMatch(task -> outcomes.tally(task).handled() == 1);
    }

    @Test
    void aKnownTaskIsNotLookedUpAgain() {
        recorder.settled("orders", "m", TASK + "/a", null);
        recorder.flush();
        int lists = s3.lists;
        recorder.settled("orders", "m", TASK + "/b", null);

        recorder.flush();

        assertThat(s3.lists).isEqualTo(lists);
    }

    @Test
    void outcomesAreKeptWhileTasksCannotBeLookedUp() {
        TaskStore unavailable = new TaskStore(
                objects,
                new S3Client() {
                    private boolean failed;

                    @Override
                    public ListObjectsV2Response listObjectsV2(ListObjectsV2Request request) {
                        if (failed) {
                            return s3.listObjectsV2(request);
                        }
                        failed = true;
                        throw S3Exception.builder().statusCode(503).build();
                    }

                    @Override
                    public String serviceName() {
                        return "s3";
                    }

                    @Override
                    public void close() {
                        // Nothing to close.
                    }
                },
                "bucket",
                "tasks/",
                attempt -> {});
        OutcomeRecorder patient = new OutcomeRecorder(outcomes, unavailable);
        patient.settled("orders", "m", TASK + "/a", null);

        patient.flush();
        assertThat(written()).isEmpty();
        patient.flush();

        assertThat(outcomes.tally(TASK).handled()).isEqualTo(1);
    }

    @Test
    void whatIsPendingIsWrittenWhenTheWorkerStops() {
        recorder.start();
        recorder.settled("orders", "m", TASK + "/a", null);

        recorder.stop();

        assertThat(outcomes.tally(TASK).handled()).isEqualTo(1);
        assertThat(recorder.isRunning()).isFalse();
    }
}
