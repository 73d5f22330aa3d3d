package dev.attache.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.binder.failure.AwsErrorKind;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.sns.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sns.model.PublishBatchRequest;
import software.amazon.awssdk.services.sns.model.PublishBatchResponse;
import software.amazon.awssdk.services.sns.model.PublishBatchResultEntry;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageRequest;

@ExtendWith(OutputCaptureExtension.class)
class RefusedCallsTests {

    private static final AwsCall PUBLISH = AwsCall.of(
            "Sns",
            "PublishBatch",
            PublishBatchRequest.builder()
                    .topicArn("arn:aws:sns:eu-central-1:111122223333:deliveries")
                    .build());

    private static final AwsCall RECEIVE = AwsCall.of(
            "Sqs",
            "ReceiveMessage",
            ReceiveMessageRequest.builder()
                    .queueUrl("https://sqs.eu-central-1.amazonaws.com/111122223333/orders")
                    .build());

    private Instant now = Instant.parse("2026-11-27T09:00:00Z");

    private final RefusedCalls refusals = new RefusedCalls(clock());

    private final CircuitBreakerRegistry breakers = CircuitBreakerRegistry.ofDefaults();

    private Clock clock() {
        InstantSource source = () -> now;
        return source.withZone(ZoneOffset.UTC);
    }

    private static List<String> lines(CapturedOutput output) {
        return output.toString()
                .lines()
                .filter(line -> line.contains("RefusedCalls"))
                .toList();
    }

    private Health health() {
        return new AwsHealth(refusals, breakers).health();
    }

    private double alarm() {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        new AwsRefusalsConfiguration().accessDeniedAlarm(refusals).bindTo(meters);
        return meters.get("attache.alarms")
                .tag("alarm", "access-denied")
                .gauge()
                .value();
    }

    @Test
    void aRefusalIsLoggedOnceWithItsFixAndOnceWhenItEnds(CapturedOutput output) {
        for (int i = 0; i < 500; i++) {
            refusals.refused(PUBLISH, AwsErrorKind.PERMISSION, "AuthorizationError");
        }
        assertThat(lines(output))
                .singleElement()
                .asString()
                .contains(
                        "ERROR",
                        "ALARM",
                        "AuthorizationError",
                        "allow sns:Publish on arn:aws:sns:eu-central-1:111122223333:deliveries");

        now = now.plusSeconds(90);
        refusals.allowed(PUBLISH);
        refusals.allowed(PUBLISH);

        assertThat(lines(output)).hasSize(2);
        assertThat(lines(output).getLast()).contains("INFO", "sns:Publish", "90 s");
    }

    @Test
    void aCallThatIsRefusedForSomeObjectsIsLoggedOnce(CapturedOutput output) {
        for (int i = 0; i < 100; i++) {
            refusals.refused(PUBLISH, AwsErrorKind.PERMISSION, "AuthorizationError");
            now = now.plusMillis(100);
            refusals.allowed(PUBLISH);
            assertThat(alarm()).isEqualTo(1);
        }

        assertThat(lines(output)).hasSize(1);
        now = now.plus(RefusedCalls.QUIET);
        assertThat(alarm()).isZero();
        assertThat(lines(output)).hasSize(2);
    }

    @Test
    void healthIsDownAndTheAlarmIsOnUntilTheCallIsAllowed() {
        breakers.circuitBreaker("sns").transitionToOpenState();
        assertThat(health().getStatus()).as("with an open breaker alone").isEqualTo(Status.UP);

        refusals.refused(RECEIVE, AwsErrorKind.RESOURCE, "QueueDoesNotExist");

        assertThat(health().getStatus()).isEqualTo(Status.DOWN);
        assertThat(health().getDetails().get("refused"))
                .asString()
                .contains("sqs:ReceiveMessage on orders", "QueueDoesNotExist", "create it again");
        assertThat(health().getDetails()).containsEntry("breakers", Map.of("sns", "OPEN"));
        assertThat(alarm()).isEqualTo(1);

        refusals.allowed(RECEIVE);
        now = now.plus(RefusedCalls.QUIET);

        assertThat(health().getStatus()).isEqualTo(Status.UP);
        assertThat(alarm()).isZero();
    }

    @Test
    void invalidCredentialsAreOneRefusalPerService(CapturedOutput output) {
        refusals.refused(RECEIVE, AwsErrorKind.CREDENTIALS, "ExpiredToken");
        refusals.refused(new AwsCall("sqs:DeleteMessage", "orders"), AwsErrorKind.CREDENTIALS, "ExpiredToken");
        assertThat(lines(output)).singleElement().asString().contains("sqs:*", "renew the worker's credentials");

        refusals.allowed(new AwsCall("sqs:DeleteMessage", "orders"));

        now = now.plus(RefusedCalls.QUIET);
        assertThat(refusals.now()).isEmpty();
    }

    @Test
    void anotherCallThatIsAllowedDoesNotEndARefusal() {
        refusals.refused(PUBLISH, AwsErrorKind.PERMISSION, "AuthorizationError");

        refusals.allowed(new AwsCall("sns:Publish", "arn:aws:sns:eu-central-1:111122223333:attachment-events"));
        refusals.allowed(RECEIVE);

        assertThat(refusals.now()).hasSize(1);
    }

    @Test
    void aRefusalExpiresWhenTheCallIsNotRepeated() {
        refusals.refused(PUBLISH, AwsErrorKind.PERMISSION, "AuthorizationError");
        now = now.plus(Duration.ofMinutes(10));
        refusals.refused(PUBLISH, AwsErrorKind.PERMISSION, "AuthorizationError");
        now = now.plus(Duration.ofMinutes(14));
        assertThat(refusals.now()).hasSize(1);

        now = now.plus(Duration.ofMinutes(2));

        assertThat(refusals.now()).isEmpty();
    }

    @Test
    void theKeyOfAnObjectIsNotPartOfACall() {
        assertThat(AwsCall.of(
                        "S3",
                        "HeadObject",
                        HeadObjectRequest.builder()
                                .bucket("attachments")
                                .key("ledger/pages/a-secret")
                                .build()))
                .isEqualTo(new AwsCall("s3:GetObject", "attachments/ledger/"));
    }

    @Test
    void aBatchWithoutAcceptedEntriesIsARefusal() {
        BatchResultErrorEntry failed = BatchResultErrorEntry.builder()
                .id("0")
                .code("KMSAccessDenied")
                .senderFault(true)
                .build();

        assertThat(BatchRefusal.of(PublishBatchResponse.builder().failed(failed).build()))
                .contains(new BatchRefusal(AwsErrorKind.KEY, "KMSAccessDenied"));
        assertThat(BatchRefusal.of(PublishBatchResponse.builder()
                        .failed(failed)
                        .successful(PublishBatchResultEntry.builder().id("1").build())
                        .build()))
                .isEmpty();
        assertThat(BatchRefusal.of(PublishBatchResponse.builder()
                        .failed(failed.toBuilder().code("InvalidParameter").build())
                        .build()))
                .isEmpty();
    }
}
