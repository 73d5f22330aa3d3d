package dev.attache.deadletters.redrive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.attache.deadletters.DeadLetter;
import dev.attache.deadletters.Snapshot;
import dev.attache.deadletters.Task;
import dev.attache.deadletters.TaskRequest;
import dev.attache.deadletters.tasks.TaskRun;
import dev.attache.deadletters.tasks.TasksOfTests;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A scan makes a snapshot and gives the letters back. */
class ScanTests {

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void everyLetterIsFoundOnceAlsoIfSqsReturnsSomeLateOrTwice(long seed) {
        RedriveWorld world = new RedriveWorld(seed);
        world.letters(130, "MALFORMED", "desk");
        world.letters(70, "OBJECT_NOT_FOUND", "shop");
        world.sqs.emptyReceives = 0.3;
        world.sqs.duplicates = 0.3;

        Snapshot snapshot = world.scanned();

        assertThat(snapshot.letters())
                .hasSize(200)
                .extracting(DeadLetter::messageId)
                .doesNotHaveDuplicates();
        assertThat(snapshot.complete()).isTrue();
        assertThat(snapshot.about()).isEqualTo(200);
        assertThat(snapshot.groups())
                .extracting(group -> group.code() + " " + group.source() + " " + group.count())
                .containsExactly("MALFORMED desk 130", "OBJECT_NOT_FOUND shop 70");
        assertThat(world.sqs.inFlight(RedriveWorld.DEAD))
                .as("letters that were not given back")
                .isZero();
    }

    @Test
    void aScanEndsAtItsLimitAndSaysSo() {
        RedriveWorld world = new RedriveWorld(1, 50);
        world.letters(120, "MALFORMED", "desk");
        TaskRun run = world.start(new TaskRequest.Scan(RedriveWorld.DEAD));

        assertThat(world.run(run)).contains(Task.State.DONE);

        Snapshot snapshot = world.snapshots.snapshot(RedriveWorld.DEAD).orElseThrow();
        assertThat(snapshot.letters()).hasSize(50);
        assertThat(snapshot.complete()).isFalse();
        assertThat(snapshot.about()).isEqualTo(120);
        assertThat(TasksOfTests.stored(run).note()).contains("50 of about 120");
        assertThat(world.sqs.inFlight(RedriveWorld.DEAD)).isZero();
    }

    @Test
    void lettersThatSomebodyElseHasReceivedAreCountedAsInFlight() {
        RedriveWorld world = new RedriveWorld(1);
        world.letters(20, "MALFORMED", "desk");
        world.sqs.receiveMessage(it -> it.queueUrl("http://sqs/orders-dlq").visibilityTimeout(600));
        TaskRun run = world.start(new TaskRequest.Scan(RedriveWorld.DEAD));

        world.run(run);

        Snapshot snapshot = world.snapshots.snapshot(RedriveWorld.DEAD).orElseThrow();
        assertThat(snapshot.letters()).hasSize(10);
        assertThat(snapshot.inFlight()).isEqualTo(10);
        assertThat(snapshot.about()).isEqualTo(20);
        assertThat(TasksOfTests.stored(run).note()).contains("10 letters were in flight");
    }

    @Test
    void aCancelledScanGivesTheLettersBackAndKeepsTheLastSnapshot() {
        RedriveWorld world = new RedriveWorld(1);
        world.letters(10, "MALFORMED", "desk");
        world.scanned();
        world.letters(60, "MALFORMED", "desk");
        TaskRun run = world.start(new TaskRequest.Scan(RedriveWorld.DEAD));
        run.end(TaskRun.Ending.CANCELLED);

        assertThat(world.run(run)).isEmpty();

        assertThat(world.snapshots.snapshot(RedriveWorld.DEAD).orElseThrow().letters())
                .hasSize(10);
        assertThat(world.sqs.inFlight(RedriveWorld.DEAD)).isZero();
    }

    @Test
    void aRefusedCallNamesThePermissionAndThePolicy() {
        RedriveWorld world = new RedriveWorld(1);
        world.letters(10, "MALFORMED", "desk");
        world.sqs.refused.add("ReceiveMessage");
        TaskRun run = world.start(new TaskRequest.Scan(RedriveWorld.DEAD));

        assertThatThrownBy(() -> world.run(run))
                .isInstanceOf(QueueCallException.class)
                .hasMessageContaining("sqs:ReceiveMessage")
                .hasMessageContaining("orders-dlq")
                .hasMessageContaining("infra/policies/console.json");
    }

    @Test
    void theTimeOfAHeldLetterIsExtendedWhenHalfOfItIsOver() {
        RedriveWorld world = new RedriveWorld(1);
        world.letters(10, "MALFORMED", "desk");
        TaskRun run = world.start(new TaskRequest.Scan(RedriveWorld.DEAD));
        HeldLetters held = new HeldLetters(world.context.queues(), Duration.ofMinutes(2), run, world.clock);
        held.add(
                world.context.queues().receive(RedriveWorld.DEAD, Duration.ofMinutes(2)),
                world.clock.instant().plus(Duration.ofMinutes(2)));

        for (int minutes = 0; minutes < 10; minutes++) {
            world.clock.advance(Duration.ofSeconds(61));
            held.extend();
        }
        assertThat(world.sqs.inFlight(RedriveWorld.DEAD)).isEqualTo(10);
        assertThat(world.sqs.calls.get("ChangeMessageVisibility")).isEqualTo(10);

        held.giveBack();
        assertThat(world.sqs.inFlight(RedriveWorld.DEAD)).isZero();
        assertThat(held.add(List.of(), world.clock.instant())).isEmpty();
    }

    @Test
    void lettersAreGivenBackAfterAnExtensionThatIsUnderWay() throws InterruptedException {
        RedriveWorld world = new RedriveWorld(1);
        world.letters(20, "MALFORMED", "desk");
        TaskRun run = world.start(new TaskRequest.Scan(RedriveWorld.DEAD));
        HeldLetters held = new HeldLetters(world.context.queues(), Duration.ofMinutes(2), run, world.clock);
        for (int receive = 0; receive < 2; receive++) {
            held.add(
                    world.context.queues().receive(RedriveWorld.DEAD, Duration.ofMinutes(2)),
                    world.clock.instant().plus(Duration.ofMinutes(2)));
        }
        world.clock.advance(Duration.ofSeconds(61));
        AtomicInteger extensions = new AtomicInteger();
        Thread end = Thread.ofPlatform().unstarted(held::giveBack);
        world.sqs.beforeExtension = () -> {
            if (extensions.incrementAndGet() == 1) {
                end.start();
                await().atMost(Duration.ofSeconds(15))
                        .until(end::getState, Set.of(Thread.State.BLOCKED, Thread.State.TERMINATED)::contains);
            }
        };

        held.extend();
        end.join();

        assertThat(world.sqs.inFlight(RedriveWorld.DEAD)).isZero();
        assertThat(extensions).as("no further letters are extended").hasValue(1);
    }
}
