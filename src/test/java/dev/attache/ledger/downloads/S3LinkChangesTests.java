package dev.attache.ledger.downloads;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.contract.value.ObjectRef;
import dev.attache.ledger.downloads.LinkChange.Extension;
import dev.attache.ledger.downloads.LinkChange.Revocation;
import dev.attache.ledger.downloads.LinkChanges.Target;
import dev.attache.ledger.keys.Keys;
import dev.attache.ledger.objects.ConditionalObjects;
import dev.attache.ledger.objects.InMemoryS3;
import dev.attache.ledger.objects.InMemoryS3.Trouble;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class S3LinkChangesTests {

    private static final Instant NINE = Instant.parse("2026-11-21T09:00:00Z");

    private static final Instant TEN = NINE.plus(Duration.ofHours(1));

    private static final Instant FAR = NINE.plus(Duration.ofDays(9));

    private static final Target REQUEST = new Target.OfRequest("crm", "request-1");

    private static final Target RECIPIENT = new Target.OfRecipient("crm", "ana@example.com");

    private static final ObjectRef ALL_VERSIONS = new ObjectRef("attachments", "downloads/a.pdf", null);

    private static final ObjectRef VERSION = new ObjectRef("attachments", "downloads/a.pdf", "v1");

    private final InMemoryS3 s3 = new InMemoryS3();

    private final LinkChanges changes = worker();

    private LinkChanges worker() {
        return new S3LinkChanges(
                new ConditionalObjects(s3, "attachments", attempt -> {}),
                new DeliveryHashes(Keys.of(List.of(new Keys.Key("k", new byte[32])))),
                "ledger/",
                attempt -> {});
    }

    private static Target object(ObjectRef object) {
        return new Target.OfObject("crm", object);
    }

    @Test
    void nothingIsChangedAtFirst() {
        assertThat(changes.ofRequest("crm", "request-1")).isEqualTo(LinkChange.NONE);
        assertThat(changes.ofRecipient("crm", "ana@example.com")).isEqualTo(LinkChange.NONE);
        assertThat(changes.ofObject("crm", VERSION)).isEqualTo(LinkChange.NONE);
        assertThat(s3.objects).isEmpty();
    }

    @Test
    void eachTargetHasOneObjectWithoutPersonalData() {
        changes.revoke(REQUEST, NINE, "e");
        changes.extend(REQUEST, FAR, TEN, "f");
        changes.revoke(RECIPIENT, NINE, "e");
        changes.revoke(object(ALL_VERSIONS), NINE, "e");

        assertThat(s3.objects.keySet())
                .satisfiesExactlyInAnyOrder(
                        key -> assertThat(key).matches("ledger/changes/object/[0-9a-f]{16}"),
                        key -> assertThat(key).matches("ledger/changes/recipient/[0-9a-f]{16}"),
                        key -> assertThat(key).matches("ledger/changes/request/[0-9a-f]{16}"));
        assertThat(s3.objects.values())
                .allSatisfy(
                        it -> assertThat(new String(it, StandardCharsets.UTF_8)).doesNotContain("ana", "a.pdf"));
    }

    @Test
    void revocationAndExtensionAreBothKept() {
        changes.revoke(RECIPIENT, NINE, "e");

        LinkChange last = changes.extend(RECIPIENT, FAR, TEN, "f");

        assertThat(last).isEqualTo(new LinkChange(new Revocation(NINE, "e"), List.of(new Extension(FAR, TEN, "f"))));
        assertThat(worker().ofRecipient("crm", "ana@example.com")).isEqualTo(last);
        assertThat(changes.ofRecipient("shop", "ana@example.com")).isEqualTo(LinkChange.NONE);
        assertThat(changes.ofRecipient("crm", "bob@example.com")).isEqualTo(LinkChange.NONE);
    }

    @Test
    void latestRevocationCountsInWhateverOrderEventsAreReceived() {
        changes.revoke(REQUEST, TEN, "later");
        changes.revoke(REQUEST, NINE, "earlier");

        assertThat(changes.ofRequest("crm", "request-1").revocation()).isEqualTo(new Revocation(TEN, "later"));
    }

    @Test
    void laterAndShorterExtensionIsKeptBesideTheLongerOne() {
        changes.extend(REQUEST, FAR.minusSeconds(1), TEN, "later");
        changes.extend(REQUEST, FAR, NINE, "earlier");

        assertThat(changes.ofRequest("crm", "request-1").extensions())
                .containsExactly(new Extension(FAR, NINE, "earlier"), new Extension(FAR.minusSeconds(1), TEN, "later"));
    }

    @Test
    void laterAndLongerExtensionReplacesOthers() {
        changes.extend(REQUEST, FAR, NINE, "first");
        changes.extend(REQUEST, FAR.minusSeconds(1), TEN, "shorter");
        changes.extend(REQUEST, FAR, TEN.plusSeconds(1), "as long");

        assertThat(changes.ofRequest("crm", "request-1").extensions())
                .containsExactly(new Extension(FAR, TEN.plusSeconds(1), "as long"));
    }

    @Test
    void recordOfAnEarlierReleaseIsRead() {
        changes.extend(REQUEST, FAR, NINE, "e");
        String key = s3.objects.firstKey();
        s3.objects.put(key, """
            {"revocation":{"at":"2026-11-21T10:00:00Z","eventId":"r"},
             "extension":{"until":"2026-11-30T09:00:00Z","at":"2026-11-21T09:00:00Z","eventId":"x"}}\
            """.getBytes(StandardCharsets.UTF_8));

        assertThat(worker().ofRequest("crm", "request-1"))
                .isEqualTo(new LinkChange(new Revocation(TEN, "r"), List.of(new Extension(FAR, NINE, "x"))));
        s3.objects.put(
                key,
                "{\"revocation\":{\"at\":\"2026-11-21T10:00:00Z\",\"eventId\":\"r\"}}"
                        .getBytes(StandardCharsets.UTF_8));
        assertThat(worker().ofRequest("crm", "request-1"))
                .isEqualTo(new LinkChange(new Revocation(TEN, "r"), List.of()));
    }

    @Test
    void oneRecordHasAtMost50Extensions() {
        for (int i = 0; i < LinkChange.MOST_EXTENSIONS; i++) {
            changes.extend(REQUEST, FAR.minusSeconds(i), NINE.plusSeconds(i), "e" + i);
        }
        LinkChange full = changes.ofRequest("crm", "request-1");

        Extension shorter = new Extension(FAR.minusSeconds(90), NINE.plusSeconds(90), "shorter");
        assertThat(changes.extend(REQUEST, shorter.until(), shorter.at(), "shorter"))
                .isEqualTo(full)
                .matches(change -> !change.includes(shorter));
        assertThat(changes.extend(REQUEST, FAR, NINE.plusSeconds(90), "longer").extensions())
                .containsExactly(new Extension(FAR, NINE.plusSeconds(90), "longer"));
    }

    @Test
    void longerOfTwoExtensionsAtTheSameTimeCounts() {
        changes.extend(REQUEST, FAR, NINE, "longer");

        LinkChange last = changes.extend(REQUEST, FAR.minusSeconds(1), NINE, "shorter");

        assertThat(last.extensions()).containsExactly(new Extension(FAR, NINE, "longer"));
    }

    /** An event without a time has that of its receipt. Links that were issued since must not be concerned. */
    @Test
    void eventWithoutATimeThatIsReceivedAgainKeepsItsFirstTime() {
        changes.revoke(RECIPIENT, NINE, "e");
        changes.extend(RECIPIENT, FAR, NINE, "f");

        changes.revoke(RECIPIENT, TEN, "e");
        changes.extend(RECIPIENT, FAR, TEN, "f");

        assertThat(changes.ofRecipient("crm", "ana@example.com"))
                .isEqualTo(new LinkChange(new Revocation(NINE, "e"), List.of(new Extension(FAR, NINE, "f"))));
    }

    @Test
    void eventThatIsReceivedAgainChangesNothing() {
        changes.revoke(REQUEST, NINE, "e");
        byte[] stored = s3.objects.firstEntry().getValue();
        s3.troubles.add(Trouble.UNAVAILABLE);

        changes.revoke(REQUEST, NINE, "e");

        assertThat(s3.objects.firstEntry().getValue()).isEqualTo(stored);
        assertThat(s3.troubles).as("no write").hasSize(1);
    }

    @Test
    void changeIsRecordedOnceWhenItsResponseWasLost() {
        s3.troubles.add(Trouble.ANSWER_LOST);

        assertThat(changes.revoke(REQUEST, NINE, "e").revocation()).isEqualTo(new Revocation(NINE, "e"));
    }

    @Test
    void changeOfAllVersionsConcernsEachVersion() {
        changes.revoke(object(ALL_VERSIONS), NINE, "e");

        assertThat(changes.ofObject("crm", VERSION).revocation()).isEqualTo(new Revocation(NINE, "e"));
        assertThat(changes.ofObject("crm", ALL_VERSIONS).revocation()).isNotNull();
    }

    @Test
    void changeOfAVersionConcernsNoOther() {
        changes.revoke(object(VERSION), NINE, "e");

        assertThat(changes.ofObject("crm", VERSION).revocation()).isNotNull();
        assertThat(changes.ofObject("crm", new ObjectRef("attachments", "downloads/a.pdf", "v2")))
                .isEqualTo(LinkChange.NONE);
        assertThat(changes.ofObject("crm", ALL_VERSIONS)).isEqualTo(LinkChange.NONE);
    }

    @Test
    void extensionIsLimitedToTheSourcesLongestLifetimeAfterItsEvent() {
        Extension extension = new Extension(FAR, NINE, "e");

        assertThat(extension.limited(Duration.ofDays(9))).isEqualTo(FAR);
        assertThat(extension.limited(Duration.ofDays(8))).isEqualTo(NINE.plus(Duration.ofDays(8)));
    }

    @Test
    void textOfATargetDoesNotShowTheAddress() {
        assertThat(RECIPIENT.toString()).contains("crm").doesNotContain("ana");
    }
}
