package dev.attache.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.attache.contract.value.ObjectRef;
import dev.attache.contract.value.RejectedException;
import dev.attache.contract.value.RejectionCode;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class StoredObjectTests {

    private static final Instant NOW = Instant.parse("2026-11-21T09:00:00Z");

    private static final Duration DAY = Duration.ofHours(24);

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private static StoredObject object(Availability availability) {
        return new StoredObject(
                new ObjectRef("attachments", "downloads/a.pdf", null), 1, "application/pdf", "e", NOW, availability);
    }

    private static StoredObject until(Duration left) {
        return object(new Availability.Readable(NOW.plus(left)));
    }

    @Test
    void aLinkExpiresNoLaterThanItsObject() {
        assertThat(object(Availability.UNLIMITED).linkLifetime(DAY, MINUTE, NOW))
                .isEqualTo(DAY);
        assertThat(until(DAY).linkLifetime(DAY, MINUTE, NOW)).isEqualTo(DAY);
        assertThat(until(DAY.minusSeconds(1)).linkLifetime(DAY, MINUTE, NOW)).isEqualTo(DAY.minusSeconds(1));
        assertThat(until(MINUTE).linkLifetime(DAY, MINUTE, NOW)).isEqualTo(MINUTE);
    }

    @Test
    void anObjectThatExpiresBeforeTheMinimumLifetimeIsRejected() {
        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> until(MINUTE.minusMillis(1)).linkLifetime(DAY, MINUTE, NOW))
                .withMessageContaining("downloads/a.pdf")
                .withMessageContaining("2026-11-21T09:00:59.999Z")
                .withMessageContaining("1m")
                .withMessageContaining("send the event again")
                .satisfies(it -> assertThat(it.code()).isEqualTo(RejectionCode.OBJECT_EXPIRES_TOO_SOON));
        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> until(Duration.ofDays(-3)).linkLifetime(DAY, MINUTE, NOW));
    }

    @Test
    void anArchivedObjectIsRejectedAndTheErrorNamesTheFix() {
        StoredObject archived = object(new Availability.Archived("is archived in GLACIER"));

        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> archived.linkLifetime(DAY, MINUTE, NOW))
                .withMessageContaining("downloads/a.pdf' is archived in GLACIER")
                .withMessageContaining("Restore it")
                .withMessageContaining("send the event again")
                .satisfies(it -> assertThat(it.code()).isEqualTo(RejectionCode.OBJECT_ARCHIVED));
    }
}
