package dev.attache.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.attache.contract.CloudEvent;
import dev.attache.contract.EventType;
import dev.attache.contract.link.LinkExtendRequested;
import dev.attache.contract.link.LinkExtended;
import dev.attache.contract.link.LinkRevokeRequested;
import dev.attache.contract.link.LinkRevoked;
import dev.attache.contract.value.AttachmentRef;
import dev.attache.contract.value.ObjectRef;
import dev.attache.contract.value.Recipient;
import dev.attache.contract.value.RejectedException;
import dev.attache.contract.value.RejectionCode;
import dev.attache.ledger.downloads.LinkChange;
import dev.attache.ledger.downloads.LinkChanges.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LinkChangeHandlerTests extends DownloadTestBase {

    private final Instant asked = clock.instant();

    private CloudEvent<LinkRevokeRequested> revoke(
            @Nullable String requestId, @Nullable String address, @Nullable AttachmentRef object) {
        return new CloudEvent<>(
                "x-1",
                "crm",
                EventType.LINK_REVOKE_REQUESTED,
                asked,
                "s-1",
                null,
                new LinkRevokeRequested(requestId, address == null ? null : new Recipient(address), object));
    }

    private CloudEvent<LinkExtendRequested> extend(@Nullable AttachmentRef object, Instant until, Instant time) {
        return new CloudEvent<>(
                "x-2",
                "crm",
                EventType.LINK_EXTEND_REQUESTED,
                time,
                "s-1",
                null,
                new LinkExtendRequested(object == null ? "r-1" : null, null, object, until));
    }

    private static AttachmentRef object(String key) {
        return new AttachmentRef(null, key, null, null);
    }

    private void assertRejected(RejectionCode code, ThrowingCallable call) {
        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(call)
                .extracting(RejectedException::code)
                .isEqualTo(code);
        assertThat(s3.objects).isEmpty();
    }

    @Test
    void revocationOfARequestIsRecordedAndReported() {
        published.addAll(worker.handler.revoke(revoke("r-1", null, null), source));

        LinkChange recorded = other.changes.ofRequest("crm", "r-1");
        assertThat(recorded.revocation()).isEqualTo(new LinkChange.Revocation(asked, "x-1"));
        assertThat(event(EventType.LINK_REVOKED).data())
                .isEqualTo(new LinkRevoked(
                        "r-1", null, null, "x-1", asked, clock.instant().plus(source.longestLink)));
        assertThat(bindings(EventType.LINK_REVOKED)).containsExactly("attachmentEvents");
    }

    @Test
    void revocationOfARecipientIsRecordedForEverySpelling() {
        published.addAll(worker.handler.revoke(revoke(null, "Ana@Example.com", null), source));

        assertThat(other.changes.ofRecipient("crm", "ana@example.com").revocation())
                .isNotNull();
        assertThat(event(EventType.LINK_REVOKED).data().recipient()).isEqualTo(new Recipient("Ana@Example.com"));
    }

    @Test
    void revocationOfAnObjectIsRecordedInTheBucketOfTheSource() {
        published.addAll(worker.handler.revoke(revoke(null, null, object("shared/a.pdf")), source));

        ObjectRef ref = new ObjectRef("attache", "shared/a.pdf", null);
        assertThat(other.changes.ofObject("crm", ref).revocation()).isNotNull();
        assertThat(event(EventType.LINK_REVOKED).data().object()).isEqualTo(ref);
    }

    @Test
    void uploadsOfTheSourceMayBeNamed() {
        String key = "uploads/crm/0f4bd3a7-6a4c-5a1e-9d0c-1f6f5a1c2b3d/1";

        worker.handler.revoke(revoke(null, null, object(key)), source);

        assertThat(other.changes
                        .ofObject("crm", new ObjectRef("attache", key, null))
                        .revocation())
                .isNotNull();
    }

    @Test
    void objectsOfOthersAreRejected() {
        for (String key : new String[] {"secret/a.pdf", "uploads/shop/0f4bd3a7-6a4c-5a1e-9d0c-1f6f5a1c2b3d/1"}) {
            assertRejected(
                    RejectionCode.KEY_NOT_ALLOWED,
                    () -> worker.handler.revoke(revoke(null, null, object(key)), source));
            assertRejected(
                    RejectionCode.KEY_NOT_ALLOWED,
                    () -> worker.handler.extend(extend(object(key), asked.plusSeconds(60), asked), source));
        }
    }

    @Test
    void otherSourcesAreNotConcerned() {
        worker.handler.revoke(revoke("r-1", null, null), source);

        assertThat(worker.changes.ofRequest("shop", "r-1")).isEqualTo(LinkChange.NONE);
    }

    @Test
    void eventMustNameOneTarget() {
        assertRejected(RejectionCode.CONTRACT_VIOLATION, () -> worker.handler.revoke(revoke(null, null, null), source));
        assertRejected(
                RejectionCode.CONTRACT_VIOLATION,
                () -> worker.handler.revoke(revoke("r-1", "ana@example.com", null), source));
    }

    @Test
    void redeliveredEventChangesNothingAndIsReportedWithTheSameId() {
        published.addAll(worker.handler.revoke(revoke("r-1", null, null), source));
        Map<String, byte[]> before = Map.copyOf(s3.objects);
        clock.advance(Duration.ofHours(1));

        published.addAll(other.handler.revoke(revoke("r-1", null, null), source));

        assertThat(s3.objects).isEqualTo(before);
        assertThat(events(EventType.LINK_REVOKED)).hasSize(1);
    }

    @Test
    void timeInTheFutureIsThatOfTheReceipt() {
        CloudEvent<LinkRevokeRequested> early = revoke(null, "ana@example.com", null);
        clock.set(asked.minus(Duration.ofDays(1)));

        worker.handler.revoke(early, source);

        assertThat(worker.changes.ofRecipient("crm", "ana@example.com").revocation())
                .isEqualTo(new LinkChange.Revocation(clock.instant(), "x-1"));
    }

    @Test
    void extensionIsRecordedAndReported() {
        Instant until = asked.plus(source.longestPage);

        published.addAll(worker.handler.extend(extend(null, until, asked), source));

        assertThat(other.changes.ofRequest("crm", "r-1").extensions())
                .containsExactly(new LinkChange.Extension(until, asked, "x-2"));
        assertThat(event(EventType.LINK_EXTENDED).data()).isEqualTo(new LinkExtended("r-1", null, null, "x-2", until));
        assertThat(bindings(EventType.LINK_EXTENDED)).containsExactly("attachmentEvents");
    }

    @Test
    void extensionBeyondTheLimitOfTheSourceIsRejected() {
        Instant until = asked.plus(source.longestPage).plusSeconds(1);

        assertRejected(
                RejectionCode.EXPIRY_OUT_OF_RANGE, () -> worker.handler.extend(extend(null, until, asked), source));
    }

    @Test
    void extensionIntoThePastIsRejected() {
        assertRejected(
                RejectionCode.EXPIRY_OUT_OF_RANGE, () -> worker.handler.extend(extend(null, asked, asked), source));
    }

    @Test
    void oneOfTooManyExtensionsIsRejectedWithTheTimeThatIsPossible() {
        Instant last = asked.plusSeconds(600);
        for (int i = 0; i < LinkChange.MOST_EXTENSIONS; i++) {
            worker.changes.extend(
                    new Target.OfRequest("crm", "r-1"), last.plusSeconds(49 - i), asked.minusSeconds(60 - i), "e" + i);
        }

        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> worker.handler.extend(extend(null, last.minusSeconds(1), asked), source))
                .withMessageContaining("until is " + last.minusSeconds(1))
                .withMessageContaining("Name " + last + " or later")
                .extracting(RejectedException::code)
                .isEqualTo(RejectionCode.EXPIRY_OUT_OF_RANGE);
        assertThat(worker.handler.extend(extend(null, last, asked), source)).hasSize(1);
    }

    @Test
    void extensionThatIsReceivedLateIsNoError() {
        clock.advance(Duration.ofDays(3));

        assertThat(worker.handler.extend(extend(null, asked.plusSeconds(60), asked), source))
                .hasSize(1);
    }

    @Test
    void revokedRequestIsNotExtended() {
        worker.handler.revoke(revoke("r-1", null, null), source);

        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> other.handler.extend(extend(null, asked.plusSeconds(60), asked), source))
                .withMessageContaining("'r-1' were revoked")
                .extracting(RejectedException::code)
                .isEqualTo(RejectionCode.LINK_EXPIRED);
    }
}
