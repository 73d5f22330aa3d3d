package dev.attache.binder.failure;

import static dev.attache.binder.gate.Gate.State.CLOSED;
import static dev.attache.binder.gate.Gate.State.OPEN;
import static dev.attache.binder.gate.Gate.State.PROBING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.attache.binder.failure.Decision.Announcement;
import dev.attache.binder.failure.Decision.DeadLetter;
import dev.attache.binder.failure.Decision.KeepInFlight;
import dev.attache.binder.failure.Decision.Release;
import dev.attache.binder.failure.Decision.RetryInPlace;
import dev.attache.binder.gate.Gate;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is done when a message could not be announced, dead-lettered or deleted. */
class SettlementDecisionsTests extends DecisionsTestBase {

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
                        "SNS has not answered several tries",
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
                        "SNS is down, but is not a service that the input needs",
                        DOWN,
                        received(1),
                        OPEN,
                        notAllowed(Announcement.LATER)),
                arguments("the announcement is refused", REJECTED, received(1), OPEN, notAllowed(Announcement.LATER)),
                arguments("an unexpected failure", UNEXPECTED, received(1), OPEN, notAllowed(Announcement.LATER)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("notAnnounced")
    void aDeadLetterIsWrittenBeforeItsAnnouncementAfterAFewTries(
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
                        "SNS is down, but is not a service that the input needs",
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
                        "SNS is down for longer than other messages wait",
                        DOWN,
                        inFlight(1, Duration.ofHours(2)),
                        CLOSED,
                        new KeepInFlight(LONGEST.minusHours(2))),
                arguments(
                        "SNS is down for as long as SQS permits",
                        DOWN,
                        inFlight(4, LONGEST),
                        CLOSED,
                        new Release(seconds(9))),
                arguments(
                        "SNS is down for as long as SQS permits, last receive",
                        DOWN,
                        inFlight(10, LONGEST),
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
                        UNEXPECTED,
                        failedInPlace(4),
                        CLOSED,
                        notAllowed(Announcement.NONE)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("notAnnouncedButCopied")
    void aCopiedMessageStaysInFlightUntilItIsAnnounced(
            String what, Failure failure, Attempt attempt, Gate.State gate, Decision decision) {
        assertThat(decisions.ifNotAnnounced(
                        new Failure.Rejected("KEY_NOT_ALLOWED", "no"), true, failure, attempt, gate, false))
                .isEqualTo(decision);
    }

    @Test
    void aStopOmitsTheAnnouncementOnlyAtTheLastReceive() {
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
                        "SQS has not answered many tries",
                        UNANSWERED,
                        failedInPlace(20),
                        new RetryInPlace(Duration.ofSeconds(4), Duration.ofMinutes(15))),
                arguments(
                        "SQS refuses the worker",
                        DOWN,
                        received(10),
                        new RetryInPlace(Duration.ofMillis(250), LONGEST)),
                arguments("an unexpected failure", UNEXPECTED, received(4), new Release(seconds(9))),
                arguments("the copy is refused", REJECTED, received(1), new Release(seconds(2))),
                arguments(
                        "an unexpected failure at the last receive",
                        UNEXPECTED,
                        received(10),
                        notAllowed(Announcement.NONE)),
                arguments(
                        "SQS refuses the worker for longer than a message may stay in flight",
                        DOWN,
                        inFlight(10, LONGEST),
                        notAllowed(Announcement.NONE)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("notMoved")
    void aMessageWhoseDeadLetterCannotBeWrittenIsRetriedOrReleased(
            String what, Failure failure, Attempt attempt, Decision decision) {
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
                        "SQS has not answered many tries",
                        UNANSWERED,
                        failedInPlace(20),
                        Optional.of(new RetryInPlace(seconds(4), LONGEST))),
                arguments(
                        "SQS refuses the worker, last receive",
                        DOWN,
                        received(10),
                        Optional.of(new RetryInPlace(Duration.ofMillis(250), LONGEST))),
                arguments("the deletion itself is refused", UNEXPECTED, received(1), Optional.empty()),
                arguments(
                        "SQS refuses the worker for longer than a message may stay in flight",
                        DOWN,
                        inFlight(1, LONGEST),
                        Optional.empty()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("notDeleted")
    void aHandledMessageThatCannotBeDeletedStaysInFlight(
            String what, Failure failure, Attempt attempt, Optional<RetryInPlace> decision) {
        assertThat(decisions.ifNotDeleted(failure, attempt, false)).isEqualTo(decision);
        assertThat(decisions.ifNotDeleted(failure, attempt, true))
                .as("at a stop")
                .isEmpty();
    }
}
