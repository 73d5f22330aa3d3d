package dev.attache.deadletters.redrive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attache.deadletters.DeadLetter;
import dev.attache.deadletters.Selection;
import dev.attache.deadletters.Task;
import dev.attache.deadletters.TaskRequest;
import dev.attache.deadletters.UnreliableSqs;
import dev.attache.deadletters.tasks.TaskRun;
import dev.attache.deadletters.tasks.TasksOfTests;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/** A replay sends the selected letters to their queue and deletes them, and gives the others back. */
class ReplayTests {

    private static final double FAST = 10_000;

    private static TaskRequest.Replay group(String code, String source) {
        return new TaskRequest.Replay(RedriveWorld.DEAD, new Selection.OfGroup(code, source), FAST, false);
    }

    private static TaskRequest.Replay letters(String... ids) {
        return new TaskRequest.Replay(RedriveWorld.DEAD, new Selection.Letters(Set.of(ids)), FAST, false);
    }

    private static List<String> bodies(RedriveWorld world, String queue) {
        return world.sqs.messages(queue).stream().map(Message::body).toList();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void everyLetterOfAGroupIsSentOnceAndNoOtherWhateverSqsDoes(long seed) {
        RedriveWorld world = new RedriveWorld(seed);
        world.letters(130, "MALFORMED", "desk");
        world.letters(70, "MALFORMED", "shop");
        world.sqs.emptyReceives = 0.3;
        world.sqs.duplicates = 0.3;
        world.sqs.failingEntries = 0.05;
        TaskRun run = world.start(group("MALFORMED", "desk"));

        assertThat(world.run(run)).contains(Task.State.DONE);

        Task task = TasksOfTests.stored(run);
        assertThat(bodies(world, RedriveWorld.QUEUE))
                .hasSize(130)
                .doesNotHaveDuplicates()
                .allMatch(it -> it.contains("desk"));
        assertThat(bodies(world, RedriveWorld.DEAD)).hasSize(70).allMatch(it -> it.contains("shop"));
        assertThat(task.done()).isEqualTo(130);
        assertThat(task.failed()).isZero();
    }

    @Test
    void aRedrivenMessageHasItsOriginalAttributesTheStatementOfItsSenderAndTheTask() {
        RedriveWorld world = new RedriveWorld(1);
        MessageAttributeValue binary = MessageAttributeValue.builder()
                .dataType("Binary.png")
                .binaryValue(SdkBytes.fromByteArray(new byte[] {1, 0, -1}))
                .build();
        MessageAttributeValue number = MessageAttributeValue.builder()
                .dataType("Number")
                .stringValue("7")
                .build();
        Map<String, MessageAttributeValue> attributes = new LinkedHashMap<>();
        attributes.put("attache-code", UnreliableSqs.text("MALFORMED"));
        attributes.put("attache-reason", UnreliableSqs.text("no"));
        attributes.put("attache-sender", UnreliableSqs.text("1 k 2 h AROA"));
        attributes.put("attache-source-queue", UnreliableSqs.text(RedriveWorld.QUEUE));
        attributes.put("attache-redrive", UnreliableSqs.text("an earlier task"));
        attributes.put("logo", binary);
        attributes.put("priority", number);
        String id = world.sqs.add(RedriveWorld.DEAD, "the body", attributes, Map.of());
        TaskRun run = world.start(letters(id));

        world.run(run);

        Message sent = world.sqs.messages(RedriveWorld.QUEUE).getFirst();
        assertThat(sent.body()).isEqualTo("the body");
        assertThat(sent.messageAttributes())
                .containsOnlyKeys("attache-sender", "attache-redrive", "logo", "priority")
                .containsEntry("logo", binary)
                .containsEntry("priority", number);
        assertThat(sent.messageAttributes().get("attache-redrive").stringValue())
                .isEqualTo(run.id() + "/" + id);
    }

    @Test
    void aLetterWithTenAttributesIsSentWithoutTheTaskAndItsOutcomeIsSaidToBeUnknown() {
        RedriveWorld world = new RedriveWorld(1);
        Map<String, MessageAttributeValue> attributes = new LinkedHashMap<>();
        IntStream.range(0, 10).forEach(i -> attributes.put("a" + i, UnreliableSqs.text("v")));
        String id = world.sqs.add(RedriveWorld.DEAD, "the body", attributes, Map.of());
        TaskRun run = world.start(letters(id));

        world.run(run);

        assertThat(world.sqs.messages(RedriveWorld.QUEUE).getFirst().messageAttributes())
                .isEqualTo(attributes);
        assertThat(TasksOfTests.stored(run).note()).contains("1 letters have no place for the task's attribute");
    }

    @Test
    void aMessageThatIsTooLargeWithTheTaskIsSentWithoutIt() {
        RedriveWorld world = new RedriveWorld(1);
        world.sqs.limit(RedriveWorld.QUEUE, 100);
        String fits = world.sqs.add(RedriveWorld.DEAD, "x".repeat(90), Map.of());
        String tooLarge = world.sqs.add(RedriveWorld.DEAD, "y".repeat(101), Map.of());
        TaskRun run = world.start(letters(fits, tooLarge));

        world.run(run);

        assertThat(bodies(world, RedriveWorld.QUEUE)).containsExactly("x".repeat(90));
        assertThat(bodies(world, RedriveWorld.DEAD)).containsExactly("y".repeat(101));
        Task task = TasksOfTests.stored(run);
        assertThat(task.done()).isEqualTo(1);
        assertThat(task.failed()).isEqualTo(1);
        assertThat(task.note()).contains("could not be sent to orders", "InvalidParameterValue");
        assertThat(world.sqs.inFlight(RedriveWorld.DEAD)).isZero();
    }

    @Test
    void aLetterThatSqsMovedGoesBackToItsQueue() {
        RedriveWorld world = new RedriveWorld(1);
        String id = world.sqs.add(
                RedriveWorld.DEAD,
                "moved",
                Map.of(),
                Map.of(
                        MessageSystemAttributeName.DEAD_LETTER_QUEUE_SOURCE_ARN,
                        "arn:aws:sqs:r:1:" + RedriveWorld.QUEUE));

        world.run(world.start(letters(id)));

        assertThat(bodies(world, RedriveWorld.QUEUE)).containsExactly("moved");
    }

    @Test
    void aLetterThatNamesAForeignQueueIsNotSent() {
        RedriveWorld world = new RedriveWorld(1);
        world.sqs.create("payroll");
        String id = world.sqs.add(RedriveWorld.DEAD, "forged", Map.of("attache-source-queue", "payroll"));
        TaskRun run = world.start(letters(id));

        world.run(run);

        assertThat(world.sqs.messages("payroll")).isEmpty();
        assertThat(bodies(world, RedriveWorld.DEAD)).containsExactly("forged");
        assertThat(TasksOfTests.stored(run).note()).contains("payroll, which is no queue of this installation");
    }

    @Test
    void lettersOfAQueueThatIsGoneStay() {
        RedriveWorld world = new RedriveWorld(1);
        world.letters(12, "MALFORMED", "desk");
        world.sqs.drop(RedriveWorld.QUEUE);
        TaskRun run = world.start(group("MALFORMED", "desk"));

        assertThat(world.run(run)).contains(Task.State.DONE);

        Task task = TasksOfTests.stored(run);
        assertThat(task.failed()).isEqualTo(12);
        assertThat(task.note()).contains("could not be sent to orders", "there is no such queue");
        assertThat(bodies(world, RedriveWorld.DEAD)).hasSize(12);
        assertThat(world.sqs.inFlight(RedriveWorld.DEAD)).isZero();
    }

    @Test
    void aRefusedSendEndsTheTaskAndGivesTheLettersBack() {
        RedriveWorld world = new RedriveWorld(1);
        world.letters(12, "MALFORMED", "desk");
        world.sqs.refused.add("SendMessage");
        TaskRun run = world.start(group("MALFORMED", "desk"));

        assertThatThrownBy(() -> world.run(run))
                .hasMessageContaining("sqs:SendMessage on orders")
                .hasMessageContaining("infra/policies/console.json");

        assertThat(bodies(world, RedriveWorld.DEAD)).hasSize(12);
        assertThat(world.sqs.inFlight(RedriveWorld.DEAD)).isZero();
    }

    @Test
    void aDeletionThatFailsIsRepeatedAndThenSaid() {
        RedriveWorld world = new RedriveWorld(1);
        String id = world.sqs.add(RedriveWorld.DEAD, "the body", Map.of());
        IntStream.range(0, 3).forEach(i -> world.sqs.deletions.add(SdkClientException.create("no answer")));
        TaskRun run = world.start(letters(id));

        world.run(run);

        assertThat(bodies(world, RedriveWorld.QUEUE)).containsExactly("the body");
        assertThat(bodies(world, RedriveWorld.DEAD)).containsExactly("the body");
        assertThat(TasksOfTests.stored(run).note()).contains("1 letters were sent but could not be deleted");
    }

    @Test
    void aDeletionThatFailsOnceIsRepeated() {
        RedriveWorld world = new RedriveWorld(1);
        String id = world.sqs.add(RedriveWorld.DEAD, "the body", Map.of());
        world.sqs.deletions.add(SdkClientException.create("no answer"));

        world.run(world.start(letters(id)));

        assertThat(bodies(world, RedriveWorld.DEAD)).isEmpty();
    }

    @Test
    void selectedLettersThatAreGoneAreCounted() {
        RedriveWorld world = new RedriveWorld(1);
        String id = world.sqs.add(RedriveWorld.DEAD, "the body", Map.of());
        TaskRun run = world.start(letters(id, "gone"));

        assertThat(world.run(run)).contains(Task.State.DONE);

        Task task = TasksOfTests.stored(run);
        assertThat(task.total()).isEqualTo(2);
        assertThat(task.done()).isEqualTo(1);
        assertThat(task.notFound()).isEqualTo(1);
    }

    @Test
    void lettersThatComeDuringTheReplayAreNotReplayed() {
        RedriveWorld world = new RedriveWorld(1);
        world.letters(30, "MALFORMED", "desk");
        TaskRun run = world.start(group("MALFORMED", "desk"));
        // As a worker does that rejects each at once.
        world.sqs.beforeSend = () -> world.sqs.add(
                RedriveWorld.DEAD,
                RedriveWorld.body("again", "desk"),
                Map.of("attache-code", "MALFORMED", "attache-source-queue", RedriveWorld.QUEUE));

        assertThat(world.run(run)).contains(Task.State.DONE);

        assertThat(world.sqs.messages(RedriveWorld.QUEUE)).hasSize(30);
        assertThat(bodies(world, RedriveWorld.DEAD)).isNotEmpty().allMatch(it -> it.contains("again"));
    }

    @Test
    void aCancelledReplayGivesTheOthersBack() {
        RedriveWorld world = new RedriveWorld(1);
        world.letters(100, "MALFORMED", "desk");
        TaskRun run = world.start(group("MALFORMED", "desk"));
        world.sqs.beforeSend = () -> run.end(TaskRun.Ending.CANCELLED);

        assertThat(world.run(run)).isEmpty();

        int sent = world.sqs.messages(RedriveWorld.QUEUE).size();
        assertThat(sent).isPositive().isLessThan(100);
        assertThat(world.sqs.messages(RedriveWorld.DEAD)).hasSize(100 - sent);
        assertThat(world.sqs.inFlight(RedriveWorld.DEAD)).isZero();
        assertThat(TasksOfTests.stored(run).done()).isEqualTo(sent);
    }

    @Test
    void theSnapshotLosesTheLettersThatWereReplayed() {
        RedriveWorld world = new RedriveWorld(1);
        world.letters(20, "MALFORMED", "desk");
        world.letters(5, "OBJECT_NOT_FOUND", "desk");
        world.scanned();

        world.run(world.start(group("MALFORMED", "desk")));

        assertThat(world.snapshots.snapshot(RedriveWorld.DEAD).orElseThrow().letters())
                .hasSize(5)
                .extracting(DeadLetter::code)
                .containsOnly("OBJECT_NOT_FOUND");
    }

    @Test
    void aResumedReplayWaitsForTheLettersThatTheCrashedInstanceHadReceived() {
        RedriveWorld world = new RedriveWorld(1);
        List<String> ids = world.letters(25, "MALFORMED", "desk");
        TaskRun crashed = world.start(group("MALFORMED", "desk"));
        world.context.queues().receive(RedriveWorld.DEAD, Duration.ofMinutes(2));
        TaskRun run = TasksOfTests.resumed(
                crashed.id(), Duration.ofMinutes(2), world.objects, world.s3, world.clock, world.clock::advance);

        assertThat(world.run(run)).contains(Task.State.DONE);

        assertThat(world.sqs.messages(RedriveWorld.QUEUE)).hasSize(ids.size());
        assertThat(TasksOfTests.stored(run).note()).contains("Resumed by another instance");
    }
}
