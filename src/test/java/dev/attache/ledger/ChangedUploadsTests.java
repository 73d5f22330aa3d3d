package dev.attache.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.contract.value.ObjectRef;
import dev.attache.contract.value.Recipient;
import dev.attache.ledger.downloads.DeliveryHashes;
import dev.attache.ledger.downloads.LinkChanges;
import dev.attache.ledger.downloads.LinkChanges.Target;
import dev.attache.ledger.downloads.S3LinkChanges;
import dev.attache.ledger.keys.Keys;
import dev.attache.ledger.objects.ConditionalObjects;
import dev.attache.storage.UploadKeys;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ChangedUploadsTests extends OpenUploadsTestBase {

    private final LinkChanges changes = new S3LinkChanges(
            new ConditionalObjects(s3, "attachments", pause),
            new DeliveryHashes(Keys.of(List.of(new Keys.Key("locator", new byte[32])))),
            "ledger/",
            pause);

    private final ChangedUploads changed = new ChangedUploads(uploads, changes);

    private final OpenUpload recorded = uploads.open(UploadBuilder.from(upload)
            .recipient(new Recipient("Ana@example.com"))
            .build());

    private final Instant createdAt = recorded.createdAt();

    private final Instant later = recorded.expiresAt().plus(Duration.ofDays(2));

    static Stream<Target> targets() {
        return Stream.of(
                new Target.OfRequest("crm", "7c1f"),
                new Target.OfRecipient("crm", "ana@example.com"),
                new Target.OfObject("crm", new ObjectRef("attachments", UploadKeys.key("crm", ID, 1), null)));
    }

    private Instant expiry() {
        assertThat(changed.findByPage(recorded.pageId())).isEqualTo(changed.find(ID));
        return changed.find(ID).orElseThrow().expiresAt();
    }

    @Test
    void uploadWithoutChangesExpiresAsRecorded() {
        assertThat(changed.find(ID)).contains(recorded);
    }

    @ParameterizedTest
    @MethodSource("targets")
    void revokedUploadExpiredWhenItWasRevoked(Target target) {
        Instant revokedAt = createdAt.plusSeconds(60);
        changes.extend(target, later, createdAt.plusSeconds(30), "x-1");
        changes.revoke(target, revokedAt, "x-2");

        assertThat(expiry()).isEqualTo(revokedAt);
        assertThat(changed.isRevoked(recorded)).isTrue();
    }

    @ParameterizedTest
    @MethodSource("targets")
    void extendedUploadExpiresLater(Target target) {
        changes.extend(target, later, createdAt.plusSeconds(60), "x-1");

        assertThat(expiry()).isEqualTo(later);
        assertThat(changed.isRevoked(recorded)).isFalse();
    }

    @ParameterizedTest
    @MethodSource("targets")
    void laterAndShorterExtensionDoesNotShortenAnUpload(Target target) {
        changes.extend(target, later, createdAt.plusSeconds(60), "x-1");
        changes.extend(target, later.minusSeconds(1), createdAt.plusSeconds(90), "x-2");

        assertThat(expiry()).isEqualTo(later);
    }

    @ParameterizedTest
    @MethodSource("targets")
    void extensionNeverShortensAnUpload(Target target) {
        changes.extend(target, createdAt.plusSeconds(90), createdAt.plusSeconds(60), "x-1");

        assertThat(expiry()).isEqualTo(recorded.expiresAt());
    }

    @ParameterizedTest
    @MethodSource("targets")
    void changeBeforeTheUploadConcernsItsRequestOnly(Target target) {
        changes.revoke(target, createdAt.minusSeconds(60), "x-1");

        assertThat(expiry().isBefore(createdAt)).isEqualTo(target instanceof Target.OfRequest);
    }

    @Test
    void uploadOfAnotherSourceIsNotConcerned() {
        changes.revoke(new Target.OfRequest("shop", "7c1f"), createdAt.plusSeconds(60), "x-1");

        assertThat(expiry()).isEqualTo(recorded.expiresAt());
    }

    @Test
    void extensionLastsNoLongerThanTheRecord() {
        changes.extend(
                new Target.OfRequest("crm", "7c1f"),
                createdAt.plus(Duration.ofDays(300)),
                createdAt.plusSeconds(1),
                "x");

        assertThat(expiry()).isEqualTo(createdAt.plus(Duration.ofDays(90)));
    }

    @Test
    void changedRecordKeepsItsFirstExpiry() {
        changes.extend(new Target.OfRequest("crm", "7c1f"), later, createdAt.plusSeconds(60), "x-1");

        OpenUpload after = changed.change(ID, it -> {
            assertThat(it.expiresAt()).isEqualTo(later);
            return it.withFile(Uploads.file("a.pdf"));
        });

        assertThat(after.expiresAt()).isEqualTo(later);
        assertThat(uploads.find(ID)).contains(recorded.withFile(Uploads.file("a.pdf")));
    }
}
