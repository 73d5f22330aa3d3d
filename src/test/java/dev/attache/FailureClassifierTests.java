package dev.attache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.attache.binder.failure.Failure;
import dev.attache.binder.failure.FailureClassifier;
import dev.attache.contract.value.RejectedException;
import dev.attache.contract.value.RejectionCode;
import dev.attache.ledger.keys.KeysUnusableException;
import dev.attache.link.LinkNotSignableException;
import dev.attache.storage.ObjectsRefusedException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.messaging.MessagingException;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.sns.model.SnsException;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;
import software.amazon.awssdk.services.sts.model.StsException;

class FailureClassifierTests {

    private final FailureClassifier classifier =
            new FailureConfiguration().failureClassifier(new FailureProperties(3, List.of(Duration.ofSeconds(5))));

    private static AwsServiceException answer(AwsServiceException.Builder error, String code, int status) {
        return (AwsServiceException)
                error.awsErrorDetails(AwsErrorDetails.builder().errorCode(code).build())
                        .statusCode(status)
                        .build();
    }

    static Stream<Arguments> aboutTheWorker() {
        return Stream.of(
                arguments(
                        "SNS denies", answer(SnsException.builder(), "AuthorizationError", 403), "AuthorizationError"),
                arguments("the token has expired", answer(SnsException.builder(), "ExpiredToken", 403), "ExpiredToken"),
                arguments(
                        "the KMS key of a topic",
                        answer(SnsException.builder(), "KMSAccessDenied", 400),
                        "KMSAccessDenied"),
                arguments("the topic is gone", answer(SnsException.builder(), "NotFound", 404), "NotFound"),
                arguments(
                        "the dead-letter queue is gone",
                        answer(QueueDoesNotExistException.builder(), "QueueDoesNotExist", 400),
                        "QueueDoesNotExist"),
                arguments(
                        "the ledger may not be written",
                        answer(S3Exception.builder(), "AccessDenied", 403),
                        "AccessDenied"),
                arguments("the bucket is gone", answer(S3Exception.builder(), "NoSuchBucket", 404), "NoSuchBucket"),
                arguments(
                        "no credentials",
                        SdkClientException.create("Unable to load credentials from any of the providers"),
                        "no credentials"),
                arguments(
                        "no session to sign with",
                        new LinkNotSignableException(
                                "STS gives no session", answer(StsException.builder(), "AccessDenied", 403)),
                        "STS gives no session"),
                arguments(
                        "credentials that end too soon",
                        new LinkNotSignableException("too little life left"),
                        "too little life left"),
                arguments(
                        "keys that are damaged",
                        new KeysUnusableException("The keys cannot be read"),
                        "cannot be read"),
                arguments(
                        "S3 refuses all objects",
                        new ObjectsRefusedException(
                                "S3 refuses this worker", answer(S3Exception.builder(), "AccessDenied", 403)),
                        "S3 refuses this worker"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("aboutTheWorker")
    void aRefusalOfTheWorkerKeepsTheMessageInFlight(String what, RuntimeException error, String reason) {
        assertThat(classifier.classify(new MessagingException("wrapped", error)))
                .isInstanceOfSatisfying(
                        Failure.Down.class, down -> assertThat(down.reason()).contains(reason));
    }

    @Test
    void aRefusedObjectIsRetriedAFewTimesAndThenRejected() {
        assertThat(classifier.classify(new RejectedException(RejectionCode.OBJECT_ACCESS_DENIED, "cannot be read")))
                .isEqualTo(Failure.Transient.withBackoff("cannot be read").exhaustedWith("OBJECT_ACCESS_DENIED", 6));
    }

    @Test
    void aBusyServiceIsRetriedInPlace() {
        assertThat(classifier.classify(answer(SnsException.builder(), "KMSThrottling", 400)))
                .isInstanceOfSatisfying(
                        Failure.Transient.class,
                        busy -> assertThat(busy.retry()).isInstanceOf(Failure.Retry.InPlace.class));
        assertThat(classifier.classify(answer(S3Exception.builder(), "SlowDown", 503)))
                .isInstanceOfSatisfying(
                        Failure.Transient.class,
                        busy -> assertThat(busy.retry()).isInstanceOf(Failure.Retry.InPlace.class));
        assertThat(classifier.classify(SdkClientException.create("Connection refused")))
                .isInstanceOfSatisfying(
                        Failure.Transient.class,
                        silent -> assertThat(silent.retry()).isInstanceOf(Failure.Retry.InPlace.class));
    }

    @Test
    void anInvalidRequestIsUnexpected() {
        assertThat(classifier.classify(answer(SnsException.builder(), "InvalidParameter", 400)))
                .isInstanceOf(Failure.Unexpected.class);
    }
}
