package dev.attache.queues.pause;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attache.ledger.objects.ConditionalObjects;
import dev.attache.ledger.objects.InMemoryS3;
import dev.attache.ledger.objects.JsonRecords;
import dev.attache.link.SettableClock;
import dev.attache.queues.PauseFlags;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.model.S3Exception;

class LedgerPauseFlagsTests {

    private static final String KEY = "ledger/console/paused.json";

    private static final Instant NOW = Instant.parse("2026-11-27T10:00:00Z");

    private final InMemoryS3 s3 = new InMemoryS3();

    private final SettableClock clock = new SettableClock(NOW);

    private final LedgerPauseFlags flags = worker();

    /** Of a further worker. */
    private LedgerPauseFlags worker() {
        ConditionalObjects objects = new ConditionalObjects(s3, "bucket", attempt -> {});
        return new LedgerPauseFlags(
                new JsonRecords<>(objects, PausedInputs.class, PausedInputs.NONE, attempt -> {}),
                KEY,
                Set.of("mails", "requests"),
                clock);
    }

    @Test
    void aPauseIsSeenByOtherWorkersAndSoIsItsEnd() {
        LedgerPauseFlags other = worker();
        flags.pause("mails", "anna", "relay is being replaced");

        other.refresh();
        assertThat(other.all())
                .isEqualTo(Map.of("mails", new PauseFlags.Pause(NOW, "anna", "relay is being replaced")));

        other.resume("mails", "ben");
        flags.refresh();
        assertThat(flags.all()).isEmpty();
    }

    @Test
    void whoeverPausesIsPausedAtOnceAndNotAtTheNextRead() {
        flags.pause("mails", "anna", "");

        assertThat(flags.all()).containsOnlyKeys("mails");
    }

    @Test
    void pausesOfSeveralInputsAreIndependent() {
        flags.pause("mails", "anna", "one");
        worker().pause("requests", "ben", "two");
        flags.resume("mails", "anna");

        flags.refresh();
        assertThat(flags.all()).containsOnlyKeys("requests");
    }

    @Test
    void aSecondPauseKeepsTheTimeOfTheFirstAndHasTheNewReason() {
        flags.pause("mails", "anna", "first");
        clock.advance(Duration.ofHours(1));
        flags.pause("mails", "ben", "second");

        assertThat(flags.all()).containsEntry("mails", new PauseFlags.Pause(NOW, "ben", "second"));
    }

    @Test
    void aResumeOfWhatIsNotPausedWritesNothing() {
        flags.resume("mails", "anna");

        assertThat(s3.puts).isZero();
    }

    @Test
    void aQueueThatIsNoInputCannotBePausedAndTheInputsAreNamed() {
        assertThatThrownBy(() -> flags.pause("mails-dlq", "anna", ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("mails-dlq")
                .hasMessageContaining("[mails, requests]");
    }

    @Test
    void aPauseThatCannotBeWrittenDoesNotApply() {
        s3.troubles.add(InMemoryS3.Trouble.UNAVAILABLE);

        assertThatThrownBy(() -> flags.pause("mails", "anna", "")).isInstanceOf(S3Exception.class);

        assertThat(flags.all()).isEmpty();
    }

    @Test
    void aPauseWhoseAnswerIsLostApplies() {
        s3.troubles.add(InMemoryS3.Trouble.ANSWER_LOST);

        flags.pause("mails", "anna", "");

        assertThat(flags.all()).containsOnlyKeys("mails");
    }

    @Test
    void whileTheLedgerCannotBeReadTheLastKnownPausesApplyAndTheProblemIsStated() {
        flags.pause("mails", "anna", "");
        byte[] stored = s3.objects.get(KEY);
        s3.objects.put(KEY, "{".getBytes(StandardCharsets.UTF_8));

        flags.refresh();
        clock.advance(Duration.ofMinutes(5));
        flags.refresh();
        assertThat(flags.all()).containsOnlyKeys("mails");
        assertThat(flags.problem())
                .hasValueSatisfying(problem -> assertThat(problem.since()).isEqualTo(NOW));
        assertThat(new PauseHealth(flags).health().getDetails()).containsKeys("paused", "problem");

        s3.objects.put(KEY, stored);
        flags.refresh();
        assertThat(flags.problem()).isEmpty();
        assertThat(new PauseHealth(flags).health().getDetails()).containsOnlyKeys("paused");
    }

    /** S3 deletes the ledger's objects 108 days after they were written. */
    @Test
    void aLongPauseIsWrittenAgainSoThatS3DoesNotDeleteIt() {
        flags.pause("mails", "anna", "");
        for (int day = 0; day < 95; day++) {
            clock.advance(Duration.ofDays(1));
            flags.refresh();
        }

        assertThat(s3.puts).isEqualTo(1 + 3);
        assertThat(flags.all()).containsEntry("mails", new PauseFlags.Pause(NOW, "anna", ""));
    }

    @Test
    void anEmptyRecordIsNotWrittenAgain() {
        flags.pause("mails", "anna", "");
        flags.resume("mails", "anna");
        clock.advance(Duration.ofDays(60));
        flags.refresh();

        assertThat(s3.puts).isEqualTo(2);
    }

    /** Of a later release. */
    @Test
    void unknownFieldsAreIgnored() {
        s3.put(KEY);
        s3.objects.put(KEY, """
            {"writtenAt":"2026-11-27T09:00:00Z","format":2,"pauses":{"mails":
            {"since":"2026-11-27T08:00:00Z","by":"anna","reason":"test","until":"2026-11-28T08:00:00Z"}}}\
            """.getBytes(StandardCharsets.UTF_8));

        flags.refresh();

        assertThat(flags.all())
                .containsEntry("mails", new PauseFlags.Pause(Instant.parse("2026-11-27T08:00:00Z"), "anna", "test"));
    }
}
