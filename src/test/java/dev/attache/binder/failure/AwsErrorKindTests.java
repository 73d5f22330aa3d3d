package dev.attache.binder.failure;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.sns.model.SnsException;

class AwsErrorKindTests {

    @ParameterizedTest(name = "{0} {1} {2} is about {3}")
    @CsvSource(
            nullValues = "-",
            value = {
                // Amazon SNS, "Common Errors" and "Publish"
                "SNS, AuthorizationError, 403, PERMISSION",
                "SNS, AuthorizationErrorException, 403, PERMISSION",
                "SNS, AccessDeniedException, 400, PERMISSION",
                "SNS, OptInRequired, 403, PERMISSION",
                "SNS, InvalidClientTokenId, 403, CREDENTIALS",
                "SNS, ExpiredToken, 403, CREDENTIALS",
                "SNS, SignatureDoesNotMatch, 403, CREDENTIALS",
                "SNS, MissingAuthenticationToken, 403, CREDENTIALS",
                "SNS, RequestExpired, 400, CREDENTIALS",
                "SNS, NotFound, 404, RESOURCE",
                "SNS, KMSAccessDenied, 400, KEY",
                "SNS, KMSDisabled, 400, KEY",
                "SNS, KMSInvalidState, 400, KEY",
                "SNS, KMSNotFound, 400, KEY",
                "SNS, KMSOptInRequired, 403, KEY",
                "SNS, KMSThrottling, 400, SERVICE",
                "SNS, InternalError, 500, SERVICE",
                "SNS, Throttled, 400, SERVICE",
                "SNS, ThrottledException, 429, SERVICE",
                "SNS, InvalidParameter, 400, REQUEST",
                "SNS, FilterPolicyLimitExceeded, 403, REQUEST",
                // Amazon SQS, "Common Error Types", "SendMessage", "ReceiveMessage"
                "SQS, AccessDenied, 403, PERMISSION",
                "SQS, UnrecognizedClientException, 403, CREDENTIALS",
                "SQS, InvalidSignatureException, 403, CREDENTIALS",
                "SQS, AWS.SimpleQueueService.NonExistentQueue, 400, RESOURCE",
                "SQS, QueueDoesNotExist, 400, RESOURCE",
                "SQS, KmsAccessDenied, 400, KEY",
                "SQS, KmsThrottled, 400, SERVICE",
                "SQS, OverLimit, 403, REQUEST",
                "SQS, ReceiptHandleIsInvalid, 404, REQUEST",
                // Amazon S3, "Error responses"
                "S3, AccessDenied, 403, PERMISSION",
                "S3, AllAccessDisabled, 403, PERMISSION",
                "S3, -, 403, PERMISSION",
                "S3, InvalidAccessKeyId, 403, CREDENTIALS",
                "S3, RequestTimeTooSkewed, 403, CREDENTIALS",
                "S3, ExpiredToken, 400, CREDENTIALS",
                "S3, NoSuchBucket, 404, RESOURCE",
                "S3, PermanentRedirect, 301, RESOURCE",
                "S3, -, 301, RESOURCE",
                "S3, RequestTimeout, 400, SERVICE",
                "S3, OperationAborted, 409, SERVICE",
                "S3, KMS.DisabledException, 400, KEY",
                "S3, InvalidObjectState, 403, REQUEST",
                "S3, NoSuchKey, 404, REQUEST",
                "S3, -, 404, REQUEST",
                "S3, PreconditionFailed, 412, REQUEST",
                "S3, SlowDown, 503, SERVICE",
                // AWS STS
                "STS, AccessDenied, 403, PERMISSION",
                "STS, IDPCommunicationError, 400, CREDENTIALS"
            })
    void anErrorIsAboutTheServiceTheWorkerOrTheRequest(
            String service, @Nullable String code, int status, AwsErrorKind about) {
        assertThat(AwsErrorKind.of(code, status)).isEqualTo(about);
    }

    @Test
    void throttlingIsAboutTheServiceWhateverItsStatus() {
        assertThat(AwsErrorKind.of(SnsException.builder()
                        .statusCode(403)
                        .awsErrorDetails(AwsErrorDetails.builder()
                                .errorCode("RequestThrottled")
                                .build())
                        .build()))
                .isEqualTo(AwsErrorKind.SERVICE);
    }

    /** The error page of a gateway has no code. As an error of the request it would end the announcement. */
    @Test
    void anErrorWithoutACodeIsNotFromSns() {
        assertThat(AwsErrorKind.of(SnsException.builder().statusCode(404).build()))
                .isEqualTo(AwsErrorKind.SERVICE);
        assertThat(AwsErrorKind.of(SnsException.builder().statusCode(403).build()))
                .isEqualTo(AwsErrorKind.PERMISSION);
        assertThat(AwsErrorKind.of(S3Exception.builder().statusCode(404).build()))
                .isEqualTo(AwsErrorKind.REQUEST);
    }

    @Test
    void missingCredentialsAreAboutTheWorkerAndTimeoutsAboutTheService() {
        assertThat(AwsErrorKind.of(
                        SdkClientException.create("Unable to load credentials from any of the providers in the chain")))
                .isEqualTo(AwsErrorKind.CREDENTIALS);
        assertThat(AwsErrorKind.of(SdkClientException.create("Failed to load credentials from IMDS.")))
                .isEqualTo(AwsErrorKind.CREDENTIALS);
        assertThat(AwsErrorKind.of(
                        SdkClientException.create("The requested metadata is not found at http://169.254.170.2/role")))
                .isEqualTo(AwsErrorKind.CREDENTIALS);
        assertThat(AwsErrorKind.of(SdkClientException.create("Unable to execute HTTP request: Connection refused")))
                .isEqualTo(AwsErrorKind.SERVICE);
        assertThat(AwsErrorKind.of(ApiCallTimeoutException.create(20_000))).isEqualTo(AwsErrorKind.SERVICE);
    }

    @Test
    void permissionsCredentialsKeysAndResourcesAreAboutTheWorker() {
        assertThat(AwsErrorKind.values())
                .filteredOn(AwsErrorKind::isAboutWorker)
                .containsExactly(
                        AwsErrorKind.CREDENTIALS, AwsErrorKind.PERMISSION, AwsErrorKind.KEY, AwsErrorKind.RESOURCE);
    }
}
