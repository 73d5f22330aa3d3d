package dev.attache.console.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.console.ConsoleFormat;
import dev.attache.console.web.QueueRow.State;
import dev.attache.queues.Depth;
import dev.attache.queues.InputState;
import dev.attache.queues.KnownQueue;
import dev.attache.queues.PauseFlags.Pause;
import dev.attache.queues.QueueState;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class QueueWordsTests {

    private static final Instant NOW = Instant.parse("2026-11-27T16:00:00Z");

    private final QueueWords words =
            new QueueWords(new ConsoleFormat(ZoneOffset.UTC, Clock.fixed(NOW, ZoneOffset.UTC)));

    private static InputState input(
            boolean running, boolean paused, String gate, List<String> closedBy, @Nullable Instant failing) {
        return new InputState(
                running,
                paused,
                gate,
                closedBy,
                closedBy.isEmpty() ? null : NOW,
                NOW,
                failing,
                failing == null ? null : "the queue does not exist",
                0,
                10,
                null,
                0,
                0,
                Map.of());
    }

    private State state(
            @Nullable InputState input, @Nullable Pause pause, @Nullable Depth depth, @Nullable String problem) {
        KnownQueue queue = new KnownQueue(
                "q",
                "q",
                input == null ? KnownQueue.Kind.DEAD_LETTERS : KnownQueue.Kind.INPUT,
                null,
                null,
                Duration.ofDays(4));
        return words.state(new QueueState(queue, depth, problem, NOW, List.of(), input, pause));
    }

    private State state(InputState input) {
        return state(input, null, new Depth(0, 0, 0), null);
    }

    @Test
    void whatAnInputDoesIsSaid() {
        assertThat(state(input(true, false, "OPEN", List.of(), null))).isEqualTo(State.of("good", "Receiving"));
        assertThat(state(input(true, false, "CLOSED", List.of("s3", "mail"), null)))
                .isEqualTo(State.of("warn", "Waiting", "for s3, mail", "since 16:00:00"));
        assertThat(state(input(true, false, "PROBING", List.of("mail"), null)))
                .isEqualTo(State.of("warn", "Testing", "mail with single messages", "since 16:00:00"));
        assertThat(state(input(false, false, "OPEN", List.of(), null)).text()).isEqualTo("Stopped");
        assertThat(state(input(true, false, "OPEN", List.of(), NOW)))
                .isEqualTo(State.of("bad", "Cannot receive", "since 16:00:00", "the queue does not exist"));
    }

    @Test
    void aPauseOnAllWorkersIsToldFromOneOnThisWorker() {
        Pause pause = new Pause(NOW, "ana", "test");

        assertThat(state(input(true, true, "OPEN", List.of(), null), pause, null, null))
                .isEqualTo(State.of("warn", "Paused", "by ana since 16:00:00", "test"));
        assertThat(state(input(true, false, "OPEN", List.of(), null), pause, null, null)
                        .text())
                .isEqualTo("Pausing");
        assertThat(state(input(true, true, "OPEN", List.of(), null)).text()).isEqualTo("Paused here");
    }

    private static QueueState elsewhere(@Nullable Pause pause, @Nullable String problem) {
        return new QueueState(
                new KnownQueue("q", "q", KnownQueue.Kind.INPUT, null, "q-dlq", Duration.ofDays(4)),
                new Depth(7, 1, 0),
                problem,
                NOW,
                List.of(),
                null,
                pause);
    }

    @Test
    void nothingIsSaidAboutAnInputOfAnotherProcessButItsPause() {
        assertThat(words.state(elsewhere(null, null))).isEqualTo(State.of("", "Not in this process"));
        assertThat(words.state(elsewhere(new Pause(NOW, "ana", "test"), null)))
                .isEqualTo(
                        State.of("warn", "Paused", "by ana since 16:00:00", "test", "workers follow in a few seconds"));
        assertThat(words.state(elsewhere(null, "SQS refused it.")))
                .isEqualTo(State.of(
                        "bad", "Cannot be read", "SQS refused it. The numbers are older.", "Not in this process"));
    }

    @Test
    void withoutInputsTheSummaryNamesWhereTheirStatesAre() {
        State summary = words.summary(List.of(elsewhere(null, null), queue(null, 2)));

        assertThat(summary.severity()).isEqualTo("warn");
        assertThat(summary.text()).isEqualTo("No input runs in this process.");
        assertThat(summary.details())
                .containsExactly(
                        "What the workers' inputs do is shown at their management ports: /actuator/health and"
                                + " /actuator/prometheus.",
                        "2 messages need you.");
    }

    @Test
    void aQueueThatCannotBeReadSaysSoInItsOwnRow() {
        State state = state(input(true, false, "OPEN", List.of(), null), null, new Depth(1, 0, 0), "SQS refused it.");

        assertThat(state.severity()).isEqualTo("bad");
        assertThat(state.text()).isEqualTo("Cannot be read");
        assertThat(state.details()).containsExactly("SQS refused it. The numbers are older.", "Receiving");
    }

    @Test
    void deadLettersNeedSomebody() {
        assertThat(state(null, null, new Depth(0, 0, 0), null).text()).isEqualTo("Empty");
        assertThat(state(null, null, new Depth(0, 1, 0), null).severity()).isEqualTo("bad");
        assertThat(state(null, null, null, null).text()).isEqualTo("Not read yet");
    }

    @Test
    void theSummaryNamesTheMostUrgentFact() {
        QueueState receiving = queue(input(true, false, "OPEN", List.of(), null), 0);
        QueueState waiting = queue(input(true, false, "CLOSED", List.of("s3"), null), 0);
        QueueState failing = queue(input(true, false, "OPEN", List.of(), NOW), 0);

        assertThat(words.summary(List.of(receiving, queue(null, 0))))
                .isEqualTo(State.of("good", "All 1 inputs are receiving.", "No message needs you."));
        assertThat(words.summary(List.of(receiving, queue(null, 1_200))))
                .isEqualTo(State.of("warn", "All 1 inputs are receiving.", "1,200 messages need you."));
        assertThat(words.summary(List.of(receiving, waiting, queue(null, 1))))
                .isEqualTo(State.of("warn", "1 of 2 inputs are paused or wait.", "1 message needs you."));
        assertThat(words.summary(List.of(waiting, failing)))
                .isEqualTo(State.of("bad", "1 of 2 inputs cannot receive.", "No message needs you."));
    }

    private static QueueState queue(@Nullable InputState input, long letters) {
        KnownQueue.Kind kind = input == null ? KnownQueue.Kind.DEAD_LETTERS : KnownQueue.Kind.INPUT;
        return new QueueState(
                new KnownQueue("q", "q", kind, null, null, Duration.ofDays(4)),
                new Depth(letters, 0, 0),
                null,
                NOW,
                List.of(),
                input,
                null);
    }
}
