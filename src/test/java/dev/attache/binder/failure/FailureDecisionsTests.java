package dev.attache.binder.failure;

import static dev.attache.binder.gate.Gate.State.CLOSED;
import static dev.attache.binder.gate.Gate.State.OPEN;
import static dev.attache.binder.gate.Gate.State.PROBING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.attache.binder.failure.Decision.Acknowledge;
import dev.attache.binder.failure.Decision.Announcement;
import dev.attache.binder.failure.Decision.DeadLetter;
import dev.attache.binder.failure.Decision.KeepInFlight;
import dev.attache.binder.failure.Decision.Release;
import dev.attache.binder.failure.Decision.RetryInPlace;
import dev.attache.binder.gate.Gate;
import java.time.Duration;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is done after an attempt. */
class FailureDecisionsTests extends DecisionsTestBase {

    private static DeadLetter dead(String code, String reason) {
        return new DeadLetter(new Failure.Rejected(code, reason), Announcement.FIRST);
    }

    static Stream<Arguments> table() {
        return Stream.of(
                arguments("success", null, received(1), OPEN, new Acknowledge()),
                arguments("success while the gate is closed", null, received(10), CLOSED, new Acknowledge()),
                arguments("rejected", REJECTED, received(1), OPEN, dead("MALFORMED", "not JSON")),
                arguments(
                        "rejected while the gate is closed",
                        REJECTED,
                        received(1),
                        CLOSED,
                        dead("MALFORMED", "not JSON")),
                arguments(
                        "no answer, first try",
                        UNANSWERED,
                        failedInPlace(1),
                        OPEN,
                        new RetryInPlace(Duration.ofMillis(250), Duration.ofMinutes(15))),
                arguments(
                        "no answer, third try",
                        UNANSWERED,
                        failedInPlace(3),
                        OPEN,
                        new RetryInPlace(Duration.ofMillis(1000), Duration.ofMinutes(15))),
                arguments("no answer, no tries left", UNANSWERED, failedInPlace(4), OPEN, new Release(seconds(2))),
                arguments(
                        "no answer, no tries left, with a schedule",
                        Failure.Transient.inPlace("no answer", new Failure.Retry.Schedule(List.of(MINUTE), 0)),
                        failedInPlace(4),
                        OPEN,
                        new Release(MINUTE)),
                arguments(
                        "no answer while the gate is closed",
                        UNANSWERED,
                        failedInPlace(40),
                        CLOSED,
                        new KeepInFlight(Duration.ofMinutes(15))),
                arguments(
                        "no answer to a probe",
                        UNANSWERED,
                        failedInPlace(40),
                        PROBING,
                        new KeepInFlight(Duration.ofMinutes(15))),
                arguments(
                        "no answer, last receive, no tries left",
                        UNANSWERED,
                        new Attempt(10, 10, 4, Duration.ZERO, 0.5),
                        OPEN,
                        dead("RETRIES_EXHAUSTED", "no answer")),
                arguments("down", DOWN, received(1), CLOSED, new KeepInFlight(Duration.ofMinutes(15))),
                arguments(
                        "down for 14 minutes",
                        DOWN,
                        inFlight(1, Duration.ofMinutes(14)),
                        CLOSED,
                        new KeepInFlight(MINUTE)),
                arguments(
                        "down for 15 minutes",
                        DOWN,
                        inFlight(1, Duration.ofMinutes(15)),
                        CLOSED,
                        new Release(seconds(2))),
                arguments(
                        "down, second receive, for 15 minutes",
                        DOWN,
                        inFlight(2, Duration.ofMinutes(15)),
                        CLOSED,
                        new KeepInFlight(Duration.ofMinutes(15))),
                arguments("down, ninth receive", DOWN, received(9), CLOSED, new KeepInFlight(LONGEST)),
                arguments(
                        "down, last receive, for 15 minutes",
                        DOWN,
                        inFlight(10, Duration.ofMinutes(15)),
                        CLOSED,
                        new KeepInFlight(LONGEST.minusMinutes(15))),
                arguments(
                        "down, last receive, for as long as SQS permits",
                        DOWN,
                        inFlight(10, LONGEST),
                        CLOSED,
                        dead("RETRIES_EXHAUSTED", "the breaker is open")),
                arguments(
                        "down, but not a service that the input needs",
                        DOWN,
                        received(1),
                        OPEN,
                        new RetryInPlace(Duration.ofMillis(250), Duration.ofMinutes(15))),
                arguments("busy, first receive", LATER, received(1), OPEN, new Release(seconds(2))),
                arguments("busy, fifth receive", LATER, received(5), OPEN, new Release(seconds(17))),
                arguments("busy, ninth receive", LATER, received(9), OPEN, new Release(seconds(151))),
                arguments("busy, last receive", LATER, received(10), OPEN, dead("RETRIES_EXHAUSTED", "busy")),
                arguments("busy while the gate is closed", LATER, received(1), CLOSED, new Release(seconds(2))),
                arguments("greylisted, first receive", GREYLISTED, received(1), OPEN, new Release(seconds(5))),
                arguments("greylisted, second receive", GREYLISTED, received(2), OPEN, new Release(seconds(20))),
                arguments(
                        "greylisted, after the last pause of its schedule",
                        GREYLISTED,
                        received(7),
                        OPEN,
                        new Release(seconds(60))),
                arguments(
                        "greylisted, last receive", GREYLISTED, received(10), OPEN, dead("MAIL_REFUSED", "greylisted")),
                arguments(
                        "leased by another worker, first receive", LEASED, received(1), OPEN, new Release(seconds(2))),
                arguments(
                        "leased by another worker, fourth receive",
                        LEASED,
                        received(4),
                        OPEN,
                        new Release(seconds(271))),
                arguments(
                        "not there yet, third receive",
                        NOT_THERE_YET,
                        received(3),
                        OPEN,
                        dead("OBJECT_NOT_FOUND", "no such object")),
                arguments("unexpected failure", UNEXPECTED, received(1), OPEN, new Release(seconds(2))),
                arguments(
                        "unexpected failure, last receive",
                        UNEXPECTED,
                        received(10),
                        OPEN,
                        dead("RETRIES_EXHAUSTED", "NullPointerException")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("table")
    void theFailureTheAttemptAndTheGateDecide(
            String what, @Nullable Failure failure, Attempt attempt, Gate.State gate, Decision decision) {
        assertThat(decisions.decide(failure, attempt, gate, false)).isEqualTo(decision);
    }

    static Stream<Arguments> whileStopping() {
        return Stream.of(
                arguments("success", null, received(1), new Acknowledge()),
                arguments("rejected", REJECTED, received(1), dead("MALFORMED", "not JSON")),
                arguments("down", DOWN, received(1), new Release(Duration.ZERO)),
                arguments("no answer", UNANSWERED, received(9), new Release(Duration.ZERO)),
                arguments("greylisted", GREYLISTED, received(1), new Release(seconds(5))),
                arguments(
                        "down, last receive",
                        DOWN,
                        received(10),
                        dead(
                                "RETRIES_EXHAUSTED",
                                "The worker stopped during the last permitted receive. the breaker is open")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("whileStopping")
    void aStopReleasesAWaitingMessageUnlessItIsTheLastReceive(
            String what, @Nullable Failure failure, Attempt attempt, Decision decision) {
        assertThat(decisions.decide(failure, attempt, CLOSED, true)).isEqualTo(decision);
        assertThat(decisions.decide(failure, attempt, OPEN, true)).isEqualTo(decision);
    }

    @Test
    void anOutageOfTwoDaysDoesNotUseUpTheReceives() {
        Duration total = IntStream.rangeClosed(1, MOST_RECEIVES)
                .mapToObj(receive -> ((KeepInFlight) decisions.decide(DOWN, received(receive), CLOSED, false)).atMost())
                .reduce(Duration.ZERO, Duration::plus);

        assertThat(total).isGreaterThan(Duration.ofDays(2));
    }

    @Test
    void pausesStayWithinTheirJitter() {
        DoubleStream.of(0, 0.25, 0.999).forEach(jitter -> {
            Attempt attempt = new Attempt(3, MOST_RECEIVES, 1, Duration.ZERO, jitter);
            Duration scheduled = ((Release) decisions.decide(GREYLISTED, attempt, OPEN, false)).after();
            Duration backoff = ((Release) decisions.decide(LATER, attempt, OPEN, false)).after();

            assertThat(scheduled).isBetween(seconds(48), seconds(72));
            assertThat(backoff).isBetween(seconds(1), seconds(8));
        });
    }

    @Test
    void noPauseIsLongerThanSqsPermits() {
        Failure lease = Failure.Transient.afterDelay("a lease", Duration.ofHours(20));

        assertThat(decisions.decide(lease, received(5), OPEN, false)).isEqualTo(new Release(LONGEST));
    }

    @Test
    void aConfidentialReasonIsNotPartOfTheText() {
        Failure.Rejected rejected =
                new Failure.Rejected("MAIL_REFUSED", "refused with 550", "550 5.1.1 <ana@example.com>");

        assertThat(rejected.toString()).doesNotContain("ana@example.com");
        assertThat(rejected.fullReason()).contains("ana@example.com");
    }
}
