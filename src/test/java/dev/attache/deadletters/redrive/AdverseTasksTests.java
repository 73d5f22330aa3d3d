package dev.attache.deadletters.redrive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attache.deadletters.Selection;
import dev.attache.deadletters.Task;
import dev.attache.deadletters.TaskRequest;
import dev.attache.deadletters.tasks.TaskRun;
import dev.attache.deadletters.tasks.TasksOfTests;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/** Tasks under circumstances that are against them. */
class AdverseTasksTests {

    private static final String EDITED = """
        {"specversion":"1.0","type":"attachment.requested","source":"desk","id":"e-1",\
        "data":{"direction":"download","channel":"event","attachment":{"key":"downloads/a.pdf"}}}\
        """;

    private final RedriveWorld world = new RedriveWorld(1);

    /** SQS keeps the first timestamp of a message that it moves. */
    private String movedBySqs(Instant sent) {
        return world.sqs.add(
                RedriveWorld.DEAD,
                RedriveWorld.body("moved", "desk"),
                Map.of(),
                Map.of(MessageSystemAttributeName.SENT_TIMESTAMP, Long.toString(sent.toEpochMilli())));
    }

    @Test
    void aDiscardDeletesNoLetterThatTheSnapshotDoesNotShow() {
        world.letters(5, "MALFORMED", "desk");
        world.scanned();
        String came = world.letters(1, "MALFORMED", "desk").getFirst();
        String moved = movedBySqs(world.clock.instant().minus(Duration.ofDays(3)));
        TaskRun run = world.start(new TaskRequest.Discard(RedriveWorld.DEAD, new Selection.All()));

        assertThat(world.run(run)).contains(Task.State.DONE);

        assertThat(world.sqs.messages(RedriveWorld.DEAD))
                .extracting(Message::messageId)
                .containsExactlyInAnyOrder(came, moved);
        assertThat(TasksOfTests.stored(run).done()).isEqualTo(5);
    }

    @Test
    void aDiscardWithoutSnapshotDeletesNothingAndSaysWhy() {
        world.letters(5, "MALFORMED", "desk");
        TaskRun run =
                world.start(new TaskRequest.Discard(RedriveWorld.DEAD, new Selection.OfGroup("MALFORMED", "desk")));

        assertThat(world.run(run)).contains(Task.State.DONE);

        assertThat(world.sqs.messages(RedriveWorld.DEAD)).hasSize(5);
        assertThat(TasksOfTests.stored(run).note()).contains("Refresh it");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void whatWasSentBeforeARefusalIsDeletedAndCounted(long seed) {
        RedriveWorld unlucky = new RedriveWorld(seed);
        unlucky.letters(10, "MALFORMED", "desk");
        AtomicInteger sends = new AtomicInteger();
        unlucky.sqs.beforeSend = () -> {
            if (sends.incrementAndGet() == 2) {
                unlucky.sqs.refused.add("SendMessage");
                unlucky.sqs.failingEntries = 0;
            }
        };
        unlucky.sqs.failingEntries = 0.4;
        TaskRun run = unlucky.start(new TaskRequest.Replay(RedriveWorld.DEAD, new Selection.All(), 10_000, false));

        assertThatThrownBy(() -> unlucky.run(run)).isInstanceOf(QueueCallException.class);

        List<String> sent = unlucky.sqs.messages(RedriveWorld.QUEUE).stream()
                .map(Message::body)
                .toList();
        assertThat(sent).isNotEmpty();
        assertThat(unlucky.sqs.messages(RedriveWorld.DEAD))
                .hasSize(10 - sent.size())
                .extracting(Message::body)
                .doesNotContainAnyElementsOf(sent);
        assertThat(run.done()).isEqualTo(sent.size());
    }

    @Test
    void aLetterThatIsRejectedAgainIsNotReplayedAgainAlthoughTheClockOfThisInstanceIsAhead() {
        world.sqs.behind = Duration.ofMinutes(5);
        world.letters(3, "MALFORMED", "desk");
        world.clock.advance(Duration.ofSeconds(10));
        world.sqs.beforeSend = () -> world.letters(1, "MALFORMED", "desk");
        TaskRun run = world.start(new TaskRequest.Replay(RedriveWorld.DEAD, new Selection.All(), 10_000, false));

        assertThat(world.run(run)).contains(Task.State.DONE);

        assertThat(run.done()).isEqualTo(3);
    }

    @Test
    void aLetterThatSqsMovedKeepsItsSenderAndOneOfAWorkerItsStatement() {
        movedBySqs(world.clock.instant());
        world.sqs.add(
                RedriveWorld.DEAD,
                RedriveWorld.body("written", "desk"),
                Map.of("attache-code", "MALFORMED", "attache-sender", "stated before"));
        world.clock.advance(Duration.ofSeconds(1));

        world.run(world.start(new TaskRequest.Replay(RedriveWorld.DEAD, new Selection.All(), 10_000, false)));

        assertThat(world.sqs.messages(RedriveWorld.QUEUE))
                .extracting(message ->
                        message.messageAttributes().get("attache-sender").stringValue())
                .containsExactlyInAnyOrder("orders AROAWORKER:i-1", "stated before");
    }

    @Test
    void anEditThatIsResumedSendsTheLetterWithTheSameId() {
        String letter = world.letters(1, "MALFORMED", "desk").getFirst();
        TaskRun run = world.start(new TaskRequest.Edit(RedriveWorld.DEAD, letter, EDITED));

        world.run(run);
        world.run(run);

        assertThat(world.sqs.messages(RedriveWorld.QUEUE))
                .hasSize(2)
                .extracting(Message::body)
                .containsOnly(world.sqs.messages(RedriveWorld.QUEUE).getFirst().body())
                .noneMatch(body -> body.contains("\"e-1\""));
    }
}
