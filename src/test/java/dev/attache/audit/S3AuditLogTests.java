package dev.attache.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

class S3AuditLogTests {

    private static final AuditEntry ENTRY =
            new AuditEntry(Instant.parse("2026-11-27T16:00:00Z"), "ana", "replay", "queue", 1L, Map.of());

    private final List<PutObjectRequest> stored = new ArrayList<>();

    private @Nullable Integer refusal;

    private final AuditLog audit = new S3AuditLog(
            new S3Client() {

                @Override
                public PutObjectResponse putObject(PutObjectRequest request, RequestBody body) {
                    stored.add(request);
                    if (refusal != null) {
                        throw S3Exception.builder().statusCode(refusal).build();
                    }
                    return PutObjectResponse.builder().build();
                }

                @Override
                public String serviceName() {
                    return "s3";
                }

                @Override
                public void close() {
                    // Nothing is open here.
                }
            },
            "bucket",
            "attache-audit/");

    @Test
    void anEntryOverwritesNoOther() {
        audit.record(ENTRY);

        assertThat(stored)
                .singleElement()
                .extracting(PutObjectRequest::ifNoneMatch)
                .isEqualTo("*");
    }

    /** The client tries again after a lost answer, and the key is random: nobody else has used it. */
    @Test
    void anEntryThatAnEarlierTryHasStoredIsRecorded() {
        refusal = 412;

        audit.record(ENTRY);

        assertThat(stored).hasSize(1);
    }

    @Test
    void anEntryThatIsNotStoredIsAnError() {
        refusal = 403;

        assertThatExceptionOfType(AuditUnavailableException.class).isThrownBy(() -> audit.record(ENTRY));
    }
}
