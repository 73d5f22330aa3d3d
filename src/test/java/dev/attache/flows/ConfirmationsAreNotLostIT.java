package dev.attache.flows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.attache.contract.EventType;
import dev.attache.ledger.DueUploads;
import dev.attache.ledger.OpenUploads;
import dev.attache.ledger.UploadBuilder;
import dev.attache.sandbox.AwsUnderTest;
import dev.attache.sandbox.DedicatedAwsTest;
import dev.attache.sandbox.TestAws;
import dev.attache.sandbox.Upstream;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.context.ConfigurableApplicationContext;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** S3 notifications of uploads while the ledger cannot be read, or before it has a record of the upload. */
@DedicatedAwsTest
class ConfirmationsAreNotLostIT {

    private static AwsUnderTest.Running aws;

    private static ConfigurableApplicationContext worker;

    private static UnreliableLedger ledger;

    private static Upstream upstream;

    private final UUID id = UUID.randomUUID();

    @BeforeAll
    static void startWorker() {
        aws = TestAws.dedicated();
        aws.provision();
        String input = "spring.cloud.stream.sqs.bindings.createdObjects-in-0.consumer.";
        worker = DedicatedWorker.start(
                aws.surroundings(),
                Map.of(
                        input + "pause-in-place",
                        "10ms",
                        input + "tries-in-place",
                        "2",
                        input + "backoff-initial",
                        "1s",
                        input + "backoff-max",
                        "1s"),
                UnreliableLedger.Configuration.class);
        ledger = (UnreliableLedger) worker.getBean(OpenUploads.class);
        upstream = new Upstream(aws.surroundings().clients());
    }

    @AfterAll
    static void stopWorker() {
        worker.close();
        aws.close();
    }

    @BeforeEach
    void forget() {
        ledger.lookups.set(0);
        ledger.failure = null;
    }

    private void open() {
        ledger.open(UploadBuilder.upload(id, Instant.now(), Instant.now().plusSeconds(3600))
                .pageId(id.toString().replace("-", ""))
                .requestId("r-" + id)
                .bucket(aws.surroundings().bucket())
                .build());
    }

    private void put(String key) {
        aws.surroundings()
                .clients()
                .s3()
                .putObject(
                        it -> it.bucket(aws.surroundings().bucket()).key(key).contentType("application/pdf"),
                        RequestBody.fromString("%PDF"));
    }

    private void assertAnnounced() {
        var uploaded = Events.read(
                upstream.awaitContaining("attachment-events-inbox", id.toString()), EventType.ATTACHMENT_UPLOADED);
        assertThat(uploaded.data().requestId()).isEqualTo("r-" + id);
        upstream.awaitDrained("objects-created");
        assertThat(upstream.depth("objects-created-dlq")).isZero();
    }

    static List<RuntimeException> failures() {
        return List.of(
                (S3Exception) S3Exception.builder()
                        .statusCode(503)
                        .message("SlowDown")
                        .build(),
                (S3Exception) S3Exception.builder()
                        .statusCode(403)
                        .message("Forbidden")
                        .build(),
                new IllegalStateException("a bug of ours"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void aFailedLookupLeavesTheMessageUnacknowledged(RuntimeException failure) {
        open();
        ledger.failure = failure;

        put("uploads/crm/" + id + "/f.pdf");

        // More attempts than retries in place: the message was released and received again.
        await().atMost(Duration.ofSeconds(20)).until(() -> ledger.lookups.get() > 4);
        assertThat(upstream.depth("objects-created")).isEqualTo(1);
        ledger.failure = null;
        assertAnnounced();
    }

    @Test
    void anAnnouncedUploadIsNotDueAnyMore() {
        open();
        assertThat(isDue()).isTrue();

        put("uploads/crm/" + id + "/f.pdf");

        assertAnnounced();
        assertThat(isDue()).isFalse();
    }

    private boolean isDue() {
        return worker
                .getBean(DueUploads.class)
                .until(Instant.now().plus(Duration.ofHours(2)), Integer.MAX_VALUE)
                .stream()
                .anyMatch(due -> due.id().equals(id));
    }

    @Test
    void aNotificationBeforeItsUploadIsRecordedIsNotDropped() {
        put("uploads/crm/" + id + "/f.pdf");
        await().atMost(Duration.ofSeconds(20)).until(() -> ledger.lookups.get() > 1);

        open();

        assertAnnounced();
    }

    @Test
    void anObjectWithoutAnUploadIsAcknowledgedAndCounted() {
        var unknown = worker.getBean(MeterRegistry.class)
                .get("attache.uploads.unknown")
                .tag("reason", "key")
                .counter();

        put("uploads/crm/" + id + ".pdf");

        await().atMost(Duration.ofSeconds(20)).until(() -> unknown.count() == 1);
        upstream.awaitDrained("objects-created");
        assertThat(upstream.depth("objects-created-dlq")).isZero();
    }
}
