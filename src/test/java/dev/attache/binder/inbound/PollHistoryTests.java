package dev.attache.binder.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ConnectException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.sqs.model.SqsException;

class PollHistoryTests {

    private static final Instant BEGIN = Instant.parse("2026-11-27T12:00:00Z");

    private Instant now = BEGIN;

    private final PollHistory history = new PollHistory("orders", ((InstantSource) () -> now).withZone(ZoneOffset.UTC));

    private PollHistory.State after(long seconds) {
        now = BEGIN.plusSeconds(seconds);
        return history.state(true);
    }

    @Test
    void aReceiveInFlightIsUnanswered() {
        history.began();

        assertThat(after(10))
                .returns(BEGIN, PollHistory.State::unansweredSince)
                .returns(1, PollHistory.State::receives);
    }

    @Test
    void aReceiveThatFollowsAnAnswerIsUnansweredSinceItBegan() {
        history.began();
        now = BEGIN.plusSeconds(20);
        history.ended();
        history.succeeded();
        history.began();

        assertThat(after(30))
                .returns(BEGIN.plusSeconds(20), PollHistory.State::last)
                .returns(BEGIN.plusSeconds(20), PollHistory.State::unansweredSince);
    }

    @Test
    void failuresInARowAreUnansweredSinceTheFirstOfThemBegan() {
        for (int i = 0; i < 3; i++) {
            history.began();
            now = now.plusSeconds(10);
            history.ended();
            history.failed(new ConnectException("refused"), "ConnectException: refused");
        }

        assertThat(after(40))
                .returns(BEGIN, PollHistory.State::unansweredSince)
                .returns(BEGIN.plusSeconds(10), PollHistory.State::failSince)
                .returns("ConnectException: refused", PollHistory.State::failure)
                .returns(null, PollHistory.State::last);
    }

    @Test
    void aSuccessEndsARowOfFailures() {
        history.failed(new ConnectException("refused"), "ConnectException: refused");
        history.succeeded();

        assertThat(after(1))
                .returns(null, PollHistory.State::failSince)
                .returns(null, PollHistory.State::failure)
                .returns(BEGIN, PollHistory.State::last);
    }

    /** The gate is closed, there is no memory, or the input is paused. */
    @Test
    void aPollThatHasToWaitIsNotUnanswered() {
        history.began();
        history.ended();
        history.failed(new ConnectException("refused"), "refused");
        history.heldBack();

        assertThat(after(600).unansweredSince()).isNull();
    }

    @Test
    void aReceiveInFlightStaysUnansweredWhileAnotherPollHasToWait() {
        history.began();
        now = BEGIN.plusSeconds(5);
        history.heldBack();

        assertThat(after(600).unansweredSince()).isEqualTo(BEGIN);
    }

    /** All messages that may be in flight are, so that the container does not poll. */
    @Test
    void anInputWithMessagesInFlightNeedNotPoll() {
        history.began();
        history.ended();
        history.succeeded();
        now = BEGIN.plusSeconds(600);

        assertThat(history.state(false).unansweredSince()).isNull();
    }

    @Test
    void anIdleInputThatDoesNotPollIsUnanswered() {
        now = BEGIN.plusSeconds(7);
        history.started();

        assertThat(after(600).unansweredSince()).isEqualTo(BEGIN.plusSeconds(7));
    }

    @ParameterizedTest
    @CsvSource({
        "AWS.SimpleQueueService.NonExistentQueue, 400, the queue does not exist",
        "ExpiredToken, 403, AWS does not accept the credentials",
        "AccessDenied, 403, receiving is not allowed",
        "KMS.DisabledException, 400, the KMS key of the queue cannot be used"
    })
    void aRefusalSaysWhatIsRefused(String code, int status, String problem) {
        SqsException refusal = (SqsException) SqsException.builder()
                .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).build())
                .statusCode(status)
                .build();

        history.failed(new CompletionException(refusal), "the cause");

        assertThat(after(0).failure()).isEqualTo(problem + ": the cause");
    }

    @Test
    void missingCredentialsAreNamed() {
        history.failed(
                new CompletionException(SdkClientException.create("Unable to load credentials from any provider")),
                "the cause");

        assertThat(after(0).failure()).isEqualTo("AWS does not accept the credentials: the cause");
    }
}
