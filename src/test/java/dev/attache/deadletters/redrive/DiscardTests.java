package dev.attache.deadletters.redrive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.deadletters.Selection;
import dev.attache.deadletters.Task;
import dev.attache.deadletters.TaskRequest;
import dev.attache.deadletters.tasks.TaskRun;
import dev.attache.deadletters.tasks.TasksOfTests;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A discard deletes the selected letters, and gives the others back. */
class DiscardTests {

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void onlyTheSelectedLettersAreDeleted(long seed) {
        RedriveWorld world = new RedriveWorld(seed);
        world.letters(45, "MALFORMED", "desk");
        world.letters(15, "TOO_LARGE", "desk");
        world.scanned();
        world.sqs.emptyReceives = 0.2;
        world.sqs.duplicates = 0.2;
        world.sqs.failingEntries = 0.05;
        TaskRun run =
                world.start(new TaskRequest.Discard(RedriveWorld.DEAD, new Selection.OfGroup("MALFORMED", "desk")));

        assertThat(world.run(run)).contains(Task.State.DONE);

        assertThat(world.sqs.messages(RedriveWorld.DEAD)).hasSize(15);
        assertThat(world.sqs.messages(RedriveWorld.QUEUE)).isEmpty();
        assertThat(TasksOfTests.stored(run).done()).isEqualTo(45);
        assertThat(world.snapshots.snapshot(RedriveWorld.DEAD).orElseThrow().letters())
                .hasSize(15);
    }
}
