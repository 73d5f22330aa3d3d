package dev.attache.binder.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.net.ConnectException;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.messaging.MessagingException;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.sns.model.SnsException;

class CauseClassifierTests {

    /** The classifier of an application that defines none. */
    private final FailureClassifier classifier = new CauseClassifier(new AwsFailureRule());

    private static Throwable sns(String code, int status) {
        AwsServiceException.Builder error = SnsException.builder();
        return error.awsErrorDetails(AwsErrorDetails.builder().errorCode(code).build())
                .statusCode(status)
                .build();
    }

    static Stream<Arguments> retriedInPlace() {
        return Stream.of(
                arguments("a busy service", sns("Throttled", 429)),
                arguments("a broken service", sns("InternalError", 500)),
                arguments("no connection", SdkClientException.create("Connection refused")),
                arguments("a call that timed out", ApiCallTimeoutException.create(20_000)),
                arguments("a try that timed out", ApiCallAttemptTimeoutException.create(5_000)),
                arguments("publishing that timed out", new TimeoutException()),
                arguments("a network error", new ConnectException("refused")),
                arguments("a cancelled call", new CancellationException()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("retriedInPlace")
    void aServiceThatDoesNotAnswerIsRetriedInPlace(String what, Throwable error) {
        assertThat(classifier.classify(error))
                .isInstanceOfSatisfying(
                        Failure.Transient.class,
                        failure -> assertThat(failure.retry()).isInstanceOf(Failure.Retry.InPlace.class));
    }

    @Test
    void aRefusalOfTheApplicationKeepsTheMessageInFlight() {
        assertThat(classifier.classify(sns("AuthorizationError", 403)))
                .isEqualTo(new Failure.Down("AWS refuses this worker: AuthorizationError"));
    }

    @Test
    void anInvalidRequestIsUnexpected() {
        assertThat(classifier.classify(sns("InvalidParameter", 400))).isInstanceOf(Failure.Unexpected.class);
    }

    @Test
    void anUnknownErrorIsUnexpected() {
        assertThat(classifier.classify(new IllegalStateException("secret")))
                .isEqualTo(new Failure.Unexpected("java.lang.IllegalStateException"));
    }

    @Test
    void theOutermostKnownCauseDecides() {
        FailureRule own = exception -> exception instanceof IllegalArgumentException
                ? Optional.of(new Failure.Rejected("INVALID", "invalid"))
                : Optional.empty();
        FailureClassifier both = new CauseClassifier(own, new AwsFailureRule());

        assertThat(both.classify(new MessagingException("wrapped", new IllegalArgumentException(new IOException()))))
                .isInstanceOf(Failure.Rejected.class);
        assertThat(both.classify(new MessagingException("wrapped", new IOException(new IllegalArgumentException()))))
                .isInstanceOf(Failure.Transient.class);
    }
}
