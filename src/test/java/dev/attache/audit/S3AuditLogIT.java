package dev.attache.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.attache.sandbox.AwsTest;
import dev.attache.sandbox.Surroundings;
import dev.attache.sandbox.TestAws;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Entries of the audit in S3. */
@AwsTest
class S3AuditLogIT {

    private static final Instant NOW = Instant.parse("2026-11-27T16:00:00.123Z");

    private final Surroundings surroundings = TestAws.surroundings();

    private final String prefix = "attache-audit-" + UUID.randomUUID() + "/";

    private final AuditLog audit = new S3AuditLog(surroundings.clients().s3(), surroundings.bucket(), prefix);

    private void record(Instant at, String actor, String action) {
        audit.record(new AuditEntry(at, actor, action, "queue", 3L, Map.of("task", "t-1")));
    }

    @Test
    void anEntryIsReadAsItWasWritten() {
        var entry = new AuditEntry(NOW, "ana", "dead-letters.replay", "a-dlq", 12L, Map.of("rate", "5", "code", "X"));

        audit.record(entry);

        assertThat(audit.latest(10, null, "").entries()).containsExactly(entry);
        assertThat(surroundings
                        .clients()
                        .s3()
                        .listObjectsV2(
                                list -> list.bucket(surroundings.bucket()).prefix(prefix))
                        .contents())
                .singleElement()
                .satisfies(object ->
                        assertThat(object.key()).matches(prefix + "20261127/160000\\.123-[0-9a-f-]{36}\\.json"));
    }

    @Test
    void theNewestIsFirstAndEachPageContinuesTheOneBefore() {
        for (int i = 0; i < 65; i++) {
            // Over three days.
            record(NOW.minusSeconds(3600L * i), "ana", "action-" + i);
        }

        List<String> read = new ArrayList<>();
        @Nullable String older = null;
        int pages = 0;
        do {
            AuditPage page = audit.latest(30, older, "");
            page.entries().forEach(entry -> read.add(entry.action()));
            older = page.older();
            pages++;
        } while (older != null && pages < 10);

        assertThat(read).hasSize(65).first().isEqualTo("action-0");
        assertThat(read.getLast()).isEqualTo("action-64");
        assertThat(read).doesNotHaveDuplicates();
        assertThat(pages).isEqualTo(3);
    }

    @Test
    void entriesAreFoundByAnyText() {
        record(NOW, "ana", "input.pause");
        record(NOW.minusSeconds(1), "ben", "input.resume");

        assertThat(audit.latest(10, null, "BEN").entries())
                .extracting(AuditEntry::actor)
                .containsExactly("ben");
        assertThat(audit.latest(10, null, "pause").entries()).hasSize(1);
        assertThat(audit.latest(10, null, "t-1").entries()).hasSize(2);
        assertThat(audit.latest(10, null, "nobody").entries()).isEmpty();
    }

    @Test
    void anEntryThatCannotBeStoredIsReported() {
        var missing = new S3AuditLog(surroundings.clients().s3(), "no-such-" + UUID.randomUUID(), prefix);

        assertThatExceptionOfType(AuditUnavailableException.class)
                .isThrownBy(() -> missing.record(AuditEntry.of(NOW, "ana", "input.pause", "q", Map.of())))
                .withMessageStartingWith("The action was not done, because it could not be recorded");
        assertThatExceptionOfType(AuditUnavailableException.class).isThrownBy(() -> missing.latest(10, null, ""));
    }
}
