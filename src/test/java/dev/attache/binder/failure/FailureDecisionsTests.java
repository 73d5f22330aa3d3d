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
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FailureDecisionsTests {

    private static final int MOST_RECEIVES = 10;

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private static final Duration LONGEST = FailureDecisions.LONGEST_HOLD;

    private static final Failure REJECTED = new Failure.Rejected("MALFORMED", "not JSON");

    private static final Failure DOWN = new Failure.Down("the breaker is open");

    private static final Failure UNANSWERED = Failure.Transient.inPlace("no answer");

    private static final Failure LATER = Failure.Transient.later("busy");

    private static final Failure GREYLISTED = new Failure.Transient(
            "greylisted",
            new Failure.Rejected("MAIL_REFUSED", "greylisted"),
            Integer.MAX_VALUE,
            new Failure.Retry.Schedule(List.of(seconds(5), seconds(20), MINUTE), 0.2));

    private static final Failure HELD = Failure.Transient.after("another worker's lease", seconds(270));

    private static final Failure NOT_THERE_YET =
            Failure.Transient.later("no such object").exhaustedWith("OBJECT_NOT_FOUND", 3);

    private static final Failure BUG = new Failure.Bug("NullPointerException");

    private final FailureDecisions decisions =
            new FailureDecisions(3, Duration.ofMillis(250), seconds(2), seconds(300), Duration.ofMinutes(15));

    private static Duration seconds(long seconds) {
        return Duration.ofSeconds(seconds);
    }

    /** The middle of all jitter. */
    private static Attempt received(int times) {
        return new Attempt(times, MOST_RECEIVES, 1, Duration.ZERO, 0.5);
    }

    private static Attempt failedInPlace(int times) {
        return new Attempt(1, MOST_RECEIVES, times, Duration.ZERO, 0.5);
    }

    private static Attempt held(int receives, Duration heldFor) {
        return new Attempt(receives, MOST_RECEIVES, 1, heldFor, 0.5);
    }

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
                        "no answer, no tries left, with pauses of its own",
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
                        "down for 14 minutes", DOWN, held(1, Duration.ofMinutes(14)), CLOSED, new KeepInFlight(MINUTE)),
                arguments(
                        "down for 15 minutes", DOWN, held(1, Duration.ofMinutes(15)), CLOSED, new Release(seconds(2))),
                arguments(
                        "down, second receive, for 15 minutes",
                        DOWN,
                        held(2, Duration.ofMinutes(15)),
                        CLOSED,
                        new KeepInFlight(Duration.ofMinutes(15))),
                arguments("down, ninth receive", DOWN, received(9), CLOSED, new KeepInFlight(LONGEST)),
                arguments(
                        "down, last receive, for 15 minutes",
                        DOWN,
                        held(10, Duration.ofMinutes(15)),
                        CLOSED,
                        new KeepInFlight(LONGEST.minusMinutes(15))),
                arguments(
                        "down, last receive, for as long as SQS permits",
                        DOWN,
                        held(10, LONGEST),
                        CLOSED,
                        dead("RETRIES_EXHAUSTED", "the breaker is open")),
                arguments(
                        "down, but none that the input needs",
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
                arguments("greylisted, beyond its pauses", GREYLISTED, received(7), OPEN, new Release(seconds(60))),
                arguments(
                        "greylisted, last receive", GREYLISTED, received(10), OPEN, dead("MAIL_REFUSED", "greylisted")),
                arguments("held, first receive", HELD, received(1), OPEN, new Release(seconds(2))),
                arguments("held, fourth receive", HELD, received(4), OPEN, new Release(seconds(271))),
                arguments(
                        "not there yet, third receive",
                        NOT_THERE_YET,
                        received(3),
                        OPEN,
                        dead("OBJECT_NOT_FOUND", "no such object")),
                arguments("bug", BUG, received(1), OPEN, new Release(seconds(2))),
                arguments(
                        "bug, last receive",
                        BUG,
                        received(10),
                        OPEN,
                        dead("RETRIES_EXHAUSTED", "NullPointerException")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("table")
    void eachFailureHasOneDecision(
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
    void aStopReleasesWhatWaitsButNotAtTheLastReceive(
            String what, @Nullable Failure failure, Attempt attempt, Decision decision) {
        assertThat(decisions.decide(failure, attempt, CLOSED, true)).isEqualTo(decision);
        assertThat(decisions.decide(failure, attempt, OPEN, true)).isEqualTo(decision);
    }

    private static DeadLetter notAllowed(Announcement announcement) {
        return new DeadLetter(new Failure.Rejected("KEY_NOT_ALLOWED", "no"), announcement);
    }

    static Stream<Arguments> notAnnounced() {
        return Stream.of(
                arguments(
                        "SNS does not answer",
                        UNANSWERED,
                        failedInPlace(1),
                        OPEN,
                        new RetryInPlace(Duration.ofMillis(250), Duration.ofMinutes(15))),
                arguments(
                        "SNS has not answered for some tries",
                        UNANSWERED,
                        failedInPlace(4),
                        OPEN,
                        notAllowed(Announcement.LATER)),
                arguments(
                        "SNS does not answer, and the gate is closed",
                        UNANSWERED,
                        failedInPlace(1),
                        CLOSED,
                        notAllowed(Announcement.LATER)),
                arguments(
                        "SNS is down or refuses the worker", DOWN, received(1), CLOSED, notAllowed(Announcement.LATER)),
                arguments(
                        "SNS is down, but none that the input needs",
                        DOWN,
                        received(1),
                        OPEN,
                        notAllowed(Announcement.LATER)),
                arguments("the announcement is refused", REJECTED, received(1), OPEN, notAllowed(Announcement.LATER)),
                arguments("an unexpected failure", BUG, received(1), OPEN, notAllowed(Announcement.LATER)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("notAnnounced")
    void aDeadLetterIsWrittenBeforeItsAnnouncementWhenAFewTriesWereInVain(
            String what, Failure failure, Attempt attempt, Gate.State gate, Decision decision) {
        assertThat(decisions.ifNotAnnounced(
                        new Failure.Rejected("KEY_NOT_ALLOWED", "no"), false, failure, attempt, gate, false))
                .isEqualTo(decision);
    }

    static Stream<Arguments> notAnnouncedButCopied() {
        return Stream.of(
                arguments("SNS is down, gate closed", DOWN, failedInPlace(2), CLOSED, new KeepInFlight(LONGEST)),
                arguments("SNS is down, gate probing", DOWN, failedInPlace(2), PROBING, new KeepInFlight(LONGEST)),
                arguments(
                        "SNS is down, but none that the input needs",
                        DOWN,
                        failedInPlace(2),
                        OPEN,
                        new RetryInPlace(Duration.ofMillis(500), LONGEST)),
                arguments(
                        "SNS does not answer, after many tries",
                        UNANSWERED,
                        failedInPlace(90),
                        OPEN,
                        new RetryInPlace(seconds(4), LONGEST)),
                arguments(
                        "SNS is down for longer than a message waits otherwise",
                        DOWN,
                        held(1, Duration.ofHours(2)),
                        CLOSED,
                        new KeepInFlight(LONGEST.minusHours(2))),
                arguments(
                        "SNS is down for as long as SQS permits",
                        DOWN,
                        held(4, LONGEST),
                        CLOSED,
                        new Release(seconds(9))),
                arguments(
                        "SNS is down for as long as SQS permits, last receive",
                        DOWN,
                        held(10, LONGEST),
                        CLOSED,
                        notAllowed(Announcement.NONE)),
                arguments(
                        "the announcement is refused",
                        REJECTED,
                        failedInPlace(3),
                        OPEN,
                        new RetryInPlace(seconds(1), LONGEST)),
                arguments(
                        "the announcement is refused, no tries left",
                        REJECTED,
                        failedInPlace(4),
                        OPEN,
                        notAllowed(Announcement.NONE)),
                arguments(
                        "an unexpected failure, no tries left",
                        BUG,
                        failedInPlace(4),
                        CLOSED,
                        notAllowed(Announcement.NONE)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("notAnnouncedButCopied")
    void whatIsCopiedStaysInFlightUntilItIsAnnounced(
            String what, Failure failure, Attempt attempt, Gate.State gate, Decision decision) {
        assertThat(decisions.ifNotAnnounced(
                        new Failure.Rejected("KEY_NOT_ALLOWED", "no"), true, failure, attempt, gate, false))
                .isEqualTo(decision);
    }

    @Test
    void aStopWritesADeadLetterThatCannotBeAnnouncedAndGivesTheAnnouncementUpOnlyAtTheLastReceive() {
        Failure.Rejected rejected = new Failure.Rejected("KEY_NOT_ALLOWED", "no");

        assertThat(decisions.ifNotAnnounced(rejected, false, UNANSWERED, received(1), OPEN, true))
                .isEqualTo(notAllowed(Announcement.LATER));
        assertThat(decisions.ifNotAnnounced(rejected, true, DOWN, received(1), CLOSED, true))
                .isEqualTo(new Release(seconds(2)));
        assertThat(decisions.ifNotAnnounced(rejected, true, DOWN, received(10), CLOSED, true))
                .isEqualTo(notAllowed(Announcement.NONE));
    }

    static Stream<Arguments> notMoved() {
        return Stream.of(
                arguments(
                        "SQS does not answer",
                        UNANSWERED,
                        received(1),
                        new RetryInPlace(Duration.ofMillis(250), Duration.ofMinutes(15))),
                arguments(
                        "SQS has not answered for long",
                        UNANSWERED,
                        failedInPlace(20),
                        new RetryInPlace(Duration.ofSeconds(4), Duration.ofMinutes(15))),
                arguments(
                        "SQS refuses the worker",
                        DOWN,
                        received(10),
                        new RetryInPlace(Duration.ofMillis(250), LONGEST)),
                arguments("an unexpected failure", BUG, received(4), new Release(seconds(9))),
                arguments("the copy is refused", REJECTED, received(1), new Release(seconds(2))),
                arguments(
                        "an unexpected failure at the last receive", BUG, received(10), notAllowed(Announcement.NONE)),
                arguments(
                        "SQS refuses the worker for as long as a message is kept",
                        DOWN,
                        held(10, LONGEST),
                        notAllowed(Announcement.NONE)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("notMoved")
    void aDeadLetterThatCannotBeWrittenWaits(String what, Failure failure, Attempt attempt, Decision decision) {
        assertThat(decisions.ifNotMoved(new Failure.Rejected("KEY_NOT_ALLOWED", "no"), failure, attempt, OPEN, false))
                .isEqualTo(decision);
    }

    static Stream<Arguments> notDeleted() {
        return Stream.of(
                arguments(
                        "SQS does not answer",
                        UNANSWERED,
                        received(1),
                        Optional.of(new RetryInPlace(Duration.ofMillis(250), LONGEST))),
                arguments(
                        "SQS has not answered for long",
                        UNANSWERED,
                        failedInPlace(20),
                        Optional.of(new RetryInPlace(seconds(4), LONGEST))),
                arguments(
                        "SQS refuses the worker, last receive",
                        DOWN,
                        received(10),
                        Optional.of(new RetryInPlace(Duration.ofMillis(250), LONGEST))),
                arguments("the deletion itself is refused", BUG, received(1), Optional.empty()),
                arguments(
                        "SQS refuses the worker for as long as a message is kept",
                        DOWN,
                        held(1, LONGEST),
                        Optional.empty()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("notDeleted")
    void aHandledMessageThatCannotBeDeletedIsKept(
            String what, Failure failure, Attempt attempt, Optional<RetryInPlace> decision) {
        assertThat(decisions.ifNotDeleted(failure, attempt, false)).isEqualTo(decision);
        assertThat(decisions.ifNotDeleted(failure, attempt, true))
                .as("at a stop")
                .isEmpty();
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
    void noPauseIsLongerThanSqsTakes() {
        Failure lease = Failure.Transient.after("a lease", Duration.ofHours(20));

        assertThat(decisions.decide(lease, received(5), OPEN, false)).isEqualTo(new Release(LONGEST));
    }

    @Test
    void confidentialWordsAreNeitherLoggedNorShown() {
        Failure.Rejected rejected =
                new Failure.Rejected("MAIL_REFUSED", "refused with 550", "550 5.1.1 <ana@example.com>");

        assertThat(rejected.toString()).doesNotContain("ana@example.com");
        assertThat(rejected.fullReason()).contains("ana@example.com");
    }
}
