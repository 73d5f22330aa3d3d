package dev.attache.deadletters.redrive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.deadletters.Selection;
import dev.attache.deadletters.Task;
import dev.attache.deadletters.TaskRequest;
import dev.attache.deadletters.Verdicts;
import dev.attache.deadletters.tasks.TaskRun;
import dev.attache.deadletters.tasks.TasksOfTests;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A dry run checks the selected letters and changes nothing. */
class DryRunTests {

    private final RedriveWorld world = new RedriveWorld(1);

    @Test
    void eachSelectedLetterHasAResultAndNothingIsSentOrDeleted() {
        world.letters(30, "MALFORMED", "desk");
        world.letters(12, "MALFORMED", "shop");
        world.letters(7, "TOO_LARGE", "desk");
        TaskRun run = world.start(new TaskRequest.DryRun(RedriveWorld.DEAD, new Selection.All()));

        assertThat(world.run(run)).contains(Task.State.DONE);

        Verdicts verdicts = world.verdicts.find(run.id()).orElseThrow();
        assertThat(verdicts.of()).hasSize(49);
        assertThat(verdicts.of().values())
                .filteredOn(result -> result.verdict() == Verdicts.Kind.ACCEPTED)
                .hasSize(37);
        assertThat(verdicts.of().values())
                .filteredOn(result -> result.verdict() == Verdicts.Kind.REJECTED)
                .hasSize(12)
                .allSatisfy(result -> assertThat(result.text()).isEqualTo("shop is closed"));
        Task task = TasksOfTests.stored(run);
        assertThat(task.done()).isEqualTo(49);
        assertThat(task.codes()).isEqualTo(Map.of("SOURCE_NOT_ALLOWED", 12L));
        assertThat(world.sqs.messages(RedriveWorld.QUEUE)).isEmpty();
        assertThat(world.sqs.messages(RedriveWorld.DEAD)).hasSize(49);
        assertThat(world.sqs.inFlight(RedriveWorld.DEAD)).isZero();
    }
}
