package dev.attache.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.attache.contract.value.RejectedException;
import dev.attache.contract.value.RejectionCode;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;

class S3ObjectContentTests {

    private final ScriptedS3 s3 = new ScriptedS3();

    private final S3ObjectCatalog catalog = new S3ObjectCatalog(s3, Duration.ofSeconds(30), 2, Clock.systemUTC());

    @Test
    void contentThatWasReadToItsEndKeepsTheConnection() throws IOException {
        try (InputStream content = catalog.open(stored(""), 0, ScriptedS3.CONTENT.length)) {
            assertThat(content.readAllBytes()).hasSize(ScriptedS3.CONTENT.length);
        }

        assertThat(s3.aborted).isFalse();
    }

    @Test
    void contentThatWasNotReadToItsEndDropsTheConnection() throws IOException {
        try (InputStream content = catalog.open(stored(""), 0, ScriptedS3.CONTENT.length)) {
            assertThat(content.read()).isEqualTo(1);
        }

        assertThat(s3.aborted).isTrue();
    }

    @Test
    void aPartIsRequestedByRangeAndETag() {
        catalog.open(stored("abc"), 100, 50);

        GetObjectRequest request = Objects.requireNonNull(s3.lastGet);
        assertThat(request.bucket()).isEqualTo("attachments");
        assertThat(request.key()).isEqualTo("downloads/a.pdf");
        assertThat(request.ifMatch()).isEqualTo("\"abc\"");
        assertThat(request.range()).isEqualTo("bytes=100-149");
    }

    @Test
    void aPartIsReadFromAServerThatIgnoresRanges() throws IOException {
        s3.contentRange = null;

        try (InputStream some = catalog.open(stored("abc"), 1, 1)) {
            assertThat(some.readNBytes(1)).containsExactly(2);
        }
    }

    @Test
    void overwrittenContentIsNotRead() {
        s3.content = () -> {
            throw S3Exception.builder()
                    .statusCode(412)
                    .message("At least one of the pre-conditions you specified did not hold")
                    .build();
        };

        assertThatExceptionOfType(ObjectChangedException.class)
                .isThrownBy(() -> catalog.open(stored("abc"), 0, 1))
                .withMessageContaining("downloads/a.pdf");
    }

    @Test
    void deletedContentIsRejectedWithoutASecondGet() {
        s3.content = () -> {
            throw S3Exception.builder()
                    .statusCode(404)
                    .awsErrorDetails(
                            AwsErrorDetails.builder().errorCode("NoSuchKey").build())
                    .build();
        };

        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> catalog.open(stored("abc"), 0, 1))
                .satisfies(it -> assertThat(it.code()).isEqualTo(RejectionCode.OBJECT_NOT_FOUND));
        assertThat(s3.gets).hasValue(1);
    }

    private static StoredObject stored(String eTag) {
        return new StoredObject(
                ScriptedS3.OBJECT,
                ScriptedS3.CONTENT.length,
                "application/x-ndjson",
                eTag,
                ScriptedS3.START,
                Availability.UNLIMITED);
    }
}
