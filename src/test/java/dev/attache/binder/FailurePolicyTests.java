package dev.attache.binder;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityRequest;
import software.amazon.awssdk.services.sqs.model.DeleteMessageRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;

class FailurePolicyTests {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-21T09:00:00Z"), ZoneOffset.UTC);

    private static final Duration POLL = Duration.ofSeconds(20);

    private final RecordedSqs sqs = new RecordedSqs();

    private final MeterRegistry meters = new SimpleMeterRegistry();

    private final Outcomes outcomes = new Outcomes(meters);

    private final List<DeadLetter> told = new ArrayList<>();

    private RejectionListener listener = told::add;

    private @Nullable Throwable answer(Failure failure, ReceivedMessage message) {
        Backoff backoff = new Backoff(Duration.ofSeconds(8), Duration.ofSeconds(60), new Random(1));
        return new FailurePolicy(error -> failure, listener, new QueueCalls(sqs, RecordedSqs.QUEUE, Runnable::run), backoff, POLL, outcomes,
                CLOCK).answer(message, failure, new IllegalStateException());
    }

    @Test
    void aRejectedMessageIsToldOfThenCopiedToTheDeadLetterQueueAtOnceThenDeleted() {
        answer(new Failure.Rejected("MALFORMED", "not JSON"), RecordedSqs.received(1, Map.of("type", "a")));

        assertThat(sqs.calls).hasSize(2);
        assertThat(sqs.calls.get(0)).isInstanceOfSatisfying(SendMessageRequest.class, sent -> {
            assertThat(sent.queueUrl()).isEqualTo("http://sqs/orders-dlq");
            assertThat(sent.messageBody()).isEqualTo("the body");
            assertThat(sent.messageAttributes().get("attache-code").stringValue()).isEqualTo("MALFORMED");
            assertThat(sent.messageAttributes().get("attache-reason").stringValue()).isEqualTo("not JSON");
            assertThat(sent.messageAttributes().get("attache-source-queue").stringValue()).isEqualTo("orders");
            assertThat(sent.messageAttributes().get("attache-message-id").stringValue()).isEqualTo("m-1");
            assertThat(sent.messageAttributes().get("attache-attempts").stringValue()).isEqualTo("1");
            assertThat(sent.messageAttributes().get("attache-failed-at").stringValue()).isEqualTo("2026-11-21T09:00:00Z");
            assertThat(sent.messageAttributes().get("type").stringValue()).isEqualTo("a");
        });
        assertThat(told).singleElement().satisfies(letter -> {
            assertThat(letter.queue()).isEqualTo("orders");
            assertThat(letter.failure().code()).isEqualTo("MALFORMED");
        });
        assertThat(sqs.calls.get(1)).isInstanceOf(DeleteMessageRequest.class);
    }

    @Test
    void aRejectedMessageThatCannotBeCopiedStaysInHand() {
        sqs.sendFailure = new IllegalStateException("SQS is down");

        Throwable unanswered = answer(new Failure.Rejected("MALFORMED", "not JSON"), RecordedSqs.received(1, Map.of()));

        assertThat(unanswered).hasRootCauseMessage("SQS is down");
        assertThat(sqs.calls).noneMatch(DeleteMessageRequest.class::isInstance);
    }

    @Test
    void aRejectedMessageThatCannotBeToldOfIsNotCopied() {
        listener = letter -> {
            throw new IllegalStateException("SNS is down");
        };

        Throwable unanswered = answer(new Failure.Rejected("MALFORMED", "not JSON"), RecordedSqs.received(1, Map.of()));

        assertThat(unanswered).hasMessage("SNS is down");
        assertThat(sqs.calls).isEmpty();
    }

    @Test
    void aTransientFailureMakesTheMessageVisibleAgainAfterAPause() {
        answer(Failure.Transient.later("busy"), RecordedSqs.received(2, Map.of()));

        assertThat(sqs.calls).singleElement().isInstanceOfSatisfying(ChangeMessageVisibilityRequest.class, changed ->
                assertThat(changed.visibilityTimeout()).isBetween(1, 16));
    }

    @Test
    void aTransientFailureOnTheLastPermittedReceiveIsDeadLetteredByUs() {
        answer(Failure.Transient.later("busy"), RecordedSqs.received(3, Map.of()));

        assertThat(sqs.calls.getFirst()).isInstanceOfSatisfying(SendMessageRequest.class, sent -> {
            assertThat(sent.messageAttributes().get("attache-code").stringValue()).isEqualTo("RETRIES_EXHAUSTED");
            assertThat(sent.messageAttributes().get("attache-reason").stringValue()).isEqualTo("busy");
        });
        assertThat(sqs.calls.getLast()).isInstanceOf(DeleteMessageRequest.class);
    }

    @Test
    void aTransientFailureWithFewerAttemptsOfItsOwnEndsWithItsOwnCode() {
        answer(new Failure.Transient("no such object", "OBJECT_NOT_FOUND", 2, false, null), RecordedSqs.received(2, Map.of()));

        assertThat(sqs.calls.getFirst()).isInstanceOfSatisfying(SendMessageRequest.class, sent ->
                assertThat(sent.messageAttributes().get("attache-code").stringValue()).isEqualTo("OBJECT_NOT_FOUND"));
    }

    @Test
    void whatGoesBackInAnOutageStaysAwayUntilThePollsUnderWayHaveEnded() {
        answer(new Failure.Down("sns"), RecordedSqs.received(1, Map.of()));

        assertThat(sqs.calls).singleElement().isInstanceOfSatisfying(ChangeMessageVisibilityRequest.class, changed ->
                assertThat(changed.visibilityTimeout()).isBetween(21, 28));
    }

    @Test
    void aBugIsRetriedLikeATransientFailure() {
        answer(new Failure.Bug("NullPointerException"), RecordedSqs.received(1, Map.of()));

        assertThat(sqs.calls).singleElement().isInstanceOf(ChangeMessageVisibilityRequest.class);
    }

    @Test
    void whatBecomesOfMessagesIsCounted() {
        answer(new Failure.Rejected("MALFORMED", "not JSON"), RecordedSqs.received(1, Map.of()));
        answer(new Failure.Bug("NullPointerException"), RecordedSqs.received(1, Map.of()));

        assertThat(meters.counter("attache.messages", "queue", "orders", "outcome", "rejected", "code", "MALFORMED").count())
                .isEqualTo(1);
        assertThat(meters.counter("attache.messages", "queue", "orders", "outcome", "bug", "code", "none").count()).isEqualTo(1);
    }

    @Test
    void aTransientFailureThatKnowsItsTimeTriesItsLuckFirstAndThenWaitsForIt() {
        ReceivedMessage early = RecordedSqs.received(1, Map.of());
        ReceivedMessage late = RecordedSqs.receivedOften(4);

        answer(Failure.Transient.after("another worker's lease", Duration.ofSeconds(270)), early);
        answer(Failure.Transient.after("another worker's lease", Duration.ofSeconds(270)), late);

        assertThat(sqs.calls).extracting(call -> ((ChangeMessageVisibilityRequest) call).visibilityTimeout())
                .satisfies(pauses -> assertThat(pauses.getFirst()).isBetween(1, 9), pauses ->
                        assertThat(pauses.getLast()).isEqualTo(271));
    }
}
