package dev.attache.console.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.attache.audit.AuditEntry;
import dev.attache.audit.AuditLog;
import dev.attache.audit.AuditPage;
import dev.attache.audit.AuditUnavailableException;
import dev.attache.console.ConsoleProblem;
import dev.attache.console.Operator;
import dev.attache.queues.KnownQueue;
import dev.attache.queues.PauseFlags;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class QueuePausesTests {

    private static final Operator ANA = new Operator("ana", true);

    /** What happened, in order. */
    private final List<String> events = new ArrayList<>();

    private boolean auditIsDown;

    private boolean ledgerIsDown;

    private final AuditLog audit = new AuditLog() {

        @Override
        public void record(AuditEntry entry) {
            if (auditIsDown) {
                throw new AuditUnavailableException("not recorded", new IllegalStateException());
            }
            events.add("audit " + entry.action() + " " + entry.target() + " " + entry.details());
        }

        @Override
        public AuditPage latest(int limit, @Nullable String older, String containing) {
            return new AuditPage(List.of(), null);
        }
    };

    private final PauseFlags flags = new PauseFlags() {

        @Override
        public Map<String, Pause> all() {
            return Map.of();
        }

        @Override
        public void pause(String queue, String by, String reason) {
            change("pause " + queue + " by " + by + ": " + reason);
        }

        @Override
        public void resume(String queue, String by) {
            change("resume " + queue + " by " + by);
        }

        private void change(String change) {
            if (ledgerIsDown) {
                throw new IllegalStateException("S3 does not answer");
            }
            events.add(change);
        }
    };

    private final QueuePauses pauses = new QueuePauses(
            () -> List.of(queue("q", KnownQueue.Kind.INPUT), queue("q-dlq", KnownQueue.Kind.DEAD_LETTERS)),
            flags,
            audit,
            Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));

    private static KnownQueue queue(String name, KnownQueue.Kind kind) {
        return new KnownQueue(name, name, kind, null, null, Duration.ofDays(4));
    }

    @Test
    void anActionIsRecordedBeforeItIsDone() {
        pauses.pause("q", ANA, " maintenance\n for ben@example.com ");
        pauses.resume("q", ANA);

        assertThat(events)
                .containsExactly(
                        "audit input.pause q {reason=maintenance for b…@example.com}",
                        "pause q by ana: maintenance for b…@example.com",
                        "audit input.resume q {}",
                        "resume q by ana");
    }

    @Test
    void whatCannotBeRecordedIsNotDone() {
        auditIsDown = true;

        assertThatExceptionOfType(AuditUnavailableException.class).isThrownBy(() -> pauses.pause("q", ANA, "x"));
        assertThatExceptionOfType(AuditUnavailableException.class).isThrownBy(() -> pauses.resume("q", ANA));
        assertThat(events).isEmpty();
    }

    @Test
    void aFailureIsRecordedAsWell() {
        ledgerIsDown = true;

        assertThatExceptionOfType(ConsoleProblem.class)
                .isThrownBy(() -> pauses.pause("q", ANA, "x"))
                .satisfies(problem -> assertThat(problem.status().value()).isEqualTo(503));
        assertThat(events).containsExactly("audit input.pause q {reason=x}", "audit input.pause.failed q {}");
    }

    @Test
    void onlyInputsArePausedAndOnlyWithAReason() {
        assertThatExceptionOfType(ConsoleProblem.class).isThrownBy(() -> pauses.pause("q-dlq", ANA, "x"));
        assertThatExceptionOfType(ConsoleProblem.class).isThrownBy(() -> pauses.resume("unknown", ANA));
        assertThatExceptionOfType(ConsoleProblem.class).isThrownBy(() -> pauses.pause("q", ANA, " \n"));
        assertThatExceptionOfType(ConsoleProblem.class).isThrownBy(() -> pauses.pause("q", ANA, "x".repeat(201)));
        assertThat(events).isEmpty();
    }
}
