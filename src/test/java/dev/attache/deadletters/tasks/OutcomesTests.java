package dev.attache.deadletters.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.deadletters.tasks.Outcomes.Outcome;
import dev.attache.deadletters.tasks.Outcomes.Tally;
import dev.attache.ledger.objects.ConditionalObjects;
import dev.attache.ledger.objects.InMemoryS3;
import dev.attache.ledger.objects.InMemoryS3.Trouble;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Workers record what became of redriven messages; a task reads it. */
class OutcomesTests {

    private static final UUID TASK = new UUID(1, 1);

    private final InMemoryS3 s3 = new InMemoryS3();

    private final Outcomes outcomes =
            new Outcomes(new ConditionalObjects(s3, "bucket", attempt -> {}), s3, "bucket", "outcomes/");

    private final OutcomeRecorder recorder = new OutcomeRecorder(outcomes);

    @Test
    void theOutcomesOfASecondAreOneObject() {
        IntStream.range(0, 100).forEach(i -> recorder.settled("orders", "m-" + i, TASK + "/l-" + i, null));
        recorder.settled("orders", "m", TASK + "/rejected", "MALFORMED");

        recorder.flush();

        assertThat(s3.objects).hasSize(1);
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
        assertThat(s3.objects).isEmpty();
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

        assertThat(s3.objects).isEmpty();
    }

    @Test
    void inventedTasksCauseFewObjects() {
        IntStream.range(0, 1_000).forEach(i -> recorder.settled("orders", "m", new UUID(i, i) + "/l", null));

        recorder.flush();

        assertThat(s3.objects).hasSize(20);
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
