package dev.attache.deadletters.redrive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.deadletters.Selection;
import dev.attache.deadletters.Task;
import dev.attache.deadletters.TaskRequest;
import dev.attache.deadletters.UnreliableSqs;
import dev.attache.deadletters.tasks.Outcomes.Outcome;
import dev.attache.deadletters.tasks.TaskRun;
import dev.attache.deadletters.tasks.TasksOfTests;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

/** The first five letters decide whether the others are sent. */
class CanaryTests {

    private final RedriveWorld world = new RedriveWorld(1);

    private TaskRun canary() {
        return world.start(
                new TaskRequest.Replay(RedriveWorld.DEAD, new Selection.OfGroup("MALFORMED", "desk"), 10_000, true));
    }

    /** The letters that were sent, by the attribute that names the task. */
    private List<String> sent() {
        return world.sqs.messages(RedriveWorld.QUEUE).stream()
                .map(message ->
                        message.messageAttributes().get("attache-redrive").stringValue())
                .map(redrive -> redrive.substring(redrive.indexOf('/') + 1))
                .toList();
    }

    private void settle(TaskRun run, List<String> letters, @Nullable String code) {
        world.outcomes.add(
                run.id(),
                letters.stream().map(letter -> new Outcome(letter, code)).toList());
    }

    @Test
    void ifTheFirstFiveAreRejectedAgainTheOthersAreNotSent() {
        world.letters(40, "MALFORMED", "desk");
        TaskRun run = canary();
        world.whileWaiting = () -> settle(run, sent(), "MALFORMED");

        assertThat(world.run(run)).contains(Task.State.STOPPED);

        assertThat(sent()).hasSize(5);
        assertThat(world.sqs.messages(RedriveWorld.DEAD)).hasSize(35);
        assertThat(world.sqs.inFlight(RedriveWorld.DEAD)).isZero();
        assertThat(TasksOfTests.stored(run).note()).contains("The first 5 letters were rejected again");
    }

    @Test
    void ifOneOfTheFirstFiveIsHandledTheOthersAreSent() {
        world.letters(40, "MALFORMED", "desk");
        TaskRun run = canary();
        world.whileWaiting = () -> settle(run, sent().subList(0, 1), null);

        assertThat(world.run(run)).contains(Task.State.DONE);

        assertThat(sent()).hasSize(40);
    }

    @Test
    void whileItWaitsNoLetterIsHeldAndTheStateSaysSo() {
        world.letters(40, "MALFORMED", "desk");
        TaskRun run = canary();
        world.whileWaiting = () -> {
            assertThat(world.sqs.inFlight(RedriveWorld.DEAD)).isZero();
            assertThat(TasksOfTests.stored(run).state()).isEqualTo(Task.State.WAITING);
            run.end(TaskRun.Ending.CANCELLED);
        };

        assertThat(world.run(run)).isEmpty();

        assertThat(sent()).hasSize(5);
    }

    @Test
    void withoutOutcomesItSaysSoAfterTwoMinutesAndStopsAfterFifteen() {
        world.letters(40, "MALFORMED", "desk");
        TaskRun run = canary();
        var began = world.clock.instant();
        world.whileWaiting = () -> {
            boolean late = Duration.between(began, world.clock.instant()).compareTo(Duration.ofMinutes(3)) > 0;
            if (late) {
                assertThat(TasksOfTests.stored(run).note()).contains("no worker has handled them yet");
            }
        };

        assertThat(world.run(run)).contains(Task.State.STOPPED);

        assertThat(sent()).hasSize(5);
        assertThat(Duration.between(began, world.clock.instant()))
                .isBetween(Duration.ofMinutes(15), Duration.ofMinutes(16));
    }

    @Test
    void anotherInstanceGoesOnWaitingForTheSameFive() {
        world.letters(40, "MALFORMED", "desk");
        TaskRun run = canary();
        world.whileWaiting = () -> run.end(TaskRun.Ending.INSTANCE_STOPS);
        world.run(run);
        world.whileWaiting = () -> settle(run, sent(), "MALFORMED");
        TaskRun resumed = TasksOfTests.resumed(
                run.id(), Duration.ZERO, world.objects, world.s3, world.clock, time -> world.whileWaiting.run());

        assertThat(world.run(resumed)).contains(Task.State.STOPPED);

        assertThat(sent()).hasSize(5);
    }

    @Test
    void fewerThanFiveLettersAreAllSent() {
        world.letters(3, "MALFORMED", "desk");
        TaskRun run = canary();
        world.whileWaiting = () -> settle(run, sent(), null);

        assertThat(world.run(run)).contains(Task.State.DONE);

        assertThat(TasksOfTests.stored(run).done()).isEqualTo(3);
    }

    @Test
    void lettersWithoutPlaceForTheTaskAreNotSentFirst() {
        Map<String, MessageAttributeValue> attributes = new LinkedHashMap<>();
        IntStream.range(0, 10).forEach(i -> attributes.put("a" + i, UnreliableSqs.text("v")));
        world.sqs.add(RedriveWorld.DEAD, "full", attributes, Map.of());
        world.clock.advance(Duration.ofSeconds(1));
        TaskRun run = world.start(new TaskRequest.Replay(RedriveWorld.DEAD, new Selection.All(), 10_000, true));

        assertThat(world.run(run)).contains(Task.State.STOPPED);

        assertThat(world.sqs.messages(RedriveWorld.QUEUE)).isEmpty();
        assertThat(TasksOfTests.stored(run).note()).contains("no place for the task's");
    }

    @Test
    void ifNoneOfThemCanBeSentTheReplayStops() {
        world.letters(40, "MALFORMED", "desk");
        world.sqs.drop(RedriveWorld.QUEUE);
        TaskRun run = canary();

        assertThat(world.run(run)).contains(Task.State.STOPPED);

        assertThat(world.sqs.messages(RedriveWorld.DEAD)).hasSize(40);
    }
}
