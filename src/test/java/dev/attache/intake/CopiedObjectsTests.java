package dev.attache.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.attache.contract.EventType;
import dev.attache.contract.value.Recipient;
import dev.attache.ledger.UploadBuilder;
import dev.attache.upload.UploadUnknownException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.messaging.Message;

/** A bucket is re-encrypted in place, restored or replicated, and S3 sends a notification for every object. */
class CopiedObjectsTests extends IntakeTestBase {

    private static final UUID ID = UUID.fromString("4c1f2f4e-0a55-5a0e-9d5c-0b7a3f1f2e3d");

    private static final String KEY = "uploads/crm/" + ID + "/1";

    private void open() {
        ledger.open(UploadBuilder.upload(ID, NOW, NOW.plusSeconds(3600))
                .toNotify(List.of(new Recipient("desk@example.com")))
                .build());
    }

    private List<Message<byte[]>> arrives(String operation, String eTag, String sequencer) {
        return created.apply(message("""
            {"Records":[{"eventVersion":"2.1","eventSource":"aws:s3","awsRegion":"us-east-1",
             "eventTime":"2026-11-21T10:00:00.000Z","eventName":"ObjectCreated:%s","s3":{"s3SchemaVersion":"1.0",
             "bucket":{"name":"attache","arn":"arn:aws:s3:::attache"},
             "object":{"key":"%s","size":500,"eTag":"%s","sequencer":"%s"}}}]}\
            """.formatted(operation, KEY, eTag, sequencer)));
    }

    private double counted(String reason) {
        return meters.get("attache.uploads.copies")
                .tag("reason", reason)
                .counter()
                .count();
    }

    @ParameterizedTest
    @CsvSource({"Copy, copy", "Tomorrow, other"})
    void copyOfACompletedUploadIsCountedAndNotAnnounced(String operation, String reason) {
        open();
        bucket.with(KEY, 500, "application/pdf", "e1");
        assertThat(arrives("Put", "e1", "0A")).hasSize(2);
        bucket.with(KEY, 500, "application/pdf", "e2");

        assertThat(arrives(operation, "e2", "0B")).isEmpty();

        assertThat(counted(reason)).isEqualTo(1);
        assertThat(UploadBuilder.arrival(ledger.find(ID).orElseThrow()).eTag()).isEqualTo("e1");
    }

    @Test
    void copyOfAnUnknownUploadIsCounted() {
        assertThat(arrives("Copy", "e2", "0B")).isEmpty();

        assertThat(counted("copy")).isEqualTo(1);
    }

    @Test
    void copyOfARejectedFileIsNotRejectedAgain() {
        open();
        bucket.with(KEY, 500, "text/html", "e1");

        assertThat(arrives("Copy", "e1", "0A")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Put", "Post", "CompleteMultipartUpload"})
    void uploadIsAnnouncedForEveryUploadOperation(String operation) {
        open();
        bucket.with(KEY, 500, "application/pdf", "e1");

        assertThat(arrives(operation, "e1", "0A")).hasSize(2);
        assertThat(counted("copy") + counted("replica") + counted("other")).isZero();
    }

    @Test
    void uploadThatWasCopiedEarlyIsAnnouncedWithOneId() {
        open();
        bucket.with(KEY, 500, "application/pdf", "e2");

        assertThat(arrives("Copy", "e2", "0B")).isEmpty();
        String first = uploaded(arrives("Put", "e1", "0A").getFirst()).id();

        assertThat(uploaded(arrives("Put", "e1", "0A").getFirst()).id()).isEqualTo(first);
    }

    @Test
    void replicaOfACompletedUploadIsCountedAndNotAnnounced() {
        open();
        bucket.with(KEY, 500, "application/pdf", "e1");
        arrives("Put", "e1", "0A");
        bucket.with(KEY, 500, "application/pdf", "e2").replicated(KEY);

        assertThat(arrives("Put", "e2", "0B")).isEmpty();

        assertThat(counted("replica")).isEqualTo(1);
    }

    @Test
    void replicaOfAnUnknownUploadIsCounted() {
        bucket.with(KEY, 500, "application/pdf", "e1").replicated(KEY);

        assertThat(arrives("Put", "e1", "0A")).isEmpty();

        assertThat(counted("replica")).isEqualTo(1);
    }

    /** The original may be gone. */
    @Test
    void firstReplicaOfAnOpenUploadIsItsFile() {
        open();
        bucket.with(KEY, 500, "application/pdf", "e1").replicated(KEY);

        assertThat(arrives("Put", "e1", "0A").getFirst().getHeaders())
                .containsEntry("type", EventType.ATTACHMENT_UPLOADED.name());
    }

    @Test
    void objectOfAnUnknownUploadIsRetried() {
        bucket.with(KEY, 500, "application/pdf", "e1");

        assertThatExceptionOfType(UploadUnknownException.class).isThrownBy(() -> arrives("Put", "e1", "0A"));
    }
}
