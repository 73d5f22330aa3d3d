package dev.attache.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.s3.model.GetObjectLockConfigurationRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.sqs.model.GetQueueAttributesRequest;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageRequest;
import software.amazon.awssdk.services.sqs.model.SqsException;

class RefusalInterceptorTests {

    private final RefusedCalls refusals = new RefusedCalls(Clock.systemUTC());

    private void denied(String service, String operation, SdkRequest request, Throwable error, boolean ofObject) {
        ExecutionAttributes attributes = new ExecutionAttributes()
                .putAttribute(SdkExecutionAttribute.SERVICE_NAME, service)
                .putAttribute(SdkExecutionAttribute.OPERATION_NAME, operation)
                .putAttribute(ObjectReads.OF_OBJECT, ofObject);
        new RefusalInterceptor(refusals).onExecutionFailure(new Failed(request, error), attributes);
    }

    private static Throwable sqsDenies() {
        return SqsException.builder()
                .statusCode(403)
                .awsErrorDetails(
                        AwsErrorDetails.builder().errorCode("AccessDenied").build())
                .build();
    }

    @Test
    void aRefusedReceiveRaisesAnAlarm() {
        denied(
                "Sqs",
                "ReceiveMessage",
                ReceiveMessageRequest.builder().queueUrl("http://sqs/orders").build(),
                sqsDenies(),
                false);

        assertThat(refusals.now()).hasSize(1);
    }

    /** The checks of a dead-letter queue at start work without its attributes. */
    @Test
    void refusedQueueAttributesRaiseNoAlarm() {
        denied(
                "Sqs",
                "GetQueueAttributes",
                GetQueueAttributesRequest.builder()
                        .queueUrl("http://sqs/orders-dlq")
                        .build(),
                sqsDenies(),
                false);

        assertThat(refusals.now()).isEmpty();
    }

    @Test
    void aRefusalThatMayConcernOneObjectRaisesNoAlarm() {
        denied(
                "S3",
                "GetObjectLockConfiguration",
                GetObjectLockConfigurationRequest.builder().bucket("files").build(),
                S3Exception.builder()
                        .statusCode(403)
                        .awsErrorDetails(AwsErrorDetails.builder()
                                .errorCode("AccessDenied")
                                .build())
                        .build(),
                true);

        assertThat(refusals.now()).isEmpty();
    }

    private record Failed(SdkRequest request, Throwable exception) implements Context.FailedExecution {

        @Override
        public Optional<SdkHttpRequest> httpRequest() {
            return Optional.empty();
        }

        @Override
        public Optional<SdkHttpResponse> httpResponse() {
            return Optional.empty();
        }

        @Override
        public Optional<SdkResponse> response() {
            return Optional.empty();
        }
    }
}
