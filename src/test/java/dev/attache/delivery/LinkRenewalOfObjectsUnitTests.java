package dev.attache.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.attache.contract.LinkIssued.Purpose;
import dev.attache.contract.value.Link;
import dev.attache.contract.value.ObjectRef;
import dev.attache.contract.value.Recipient;
import dev.attache.contract.value.RejectedException;
import dev.attache.contract.value.RejectionCode;
import dev.attache.contract.value.SignedUrl;
import dev.attache.delivery.mail.Delivery;
import dev.attache.link.LinkNotSignableException;
import dev.attache.storage.Availability;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Renewed links depend on the availability of their objects and on the permissions of their source. */
class LinkRenewalOfObjectsUnitTests {

    private static final Recipient ANA = new Recipient("ana@example.com");
    private static final Delivery DOWNLOAD = Samples.delivery(
            Purpose.DOWNLOAD,
            ANA,
            null,
            Samples.download("a.pdf", "https://attachments.s3.amazonaws.com/first?X-Amz-Signature=first"));

    private final InMemoryObjects objects = new InMemoryObjects();

    @Test
    void aRenewedLinkExpiresWithItsObject() {
        Duration late = Duration.ofHours(13);
        objects.availability = new Availability.Readable(Samples.EXPIRES.plus(Duration.ofHours(2)));

        assertThat(renewal(signer(late), late)
                        .renew(DOWNLOAD)
                        .issued()
                        .links()
                        .getFirst()
                        .expiresAt())
                .isEqualTo(Samples.EXPIRES.plus(Duration.ofHours(2)));
    }

    /** For example after a lifecycle rule was added to the bucket. */
    @Test
    void aLinkThatOutlivesItsObjectIsReplacedByAShorterOne() {
        Duration late = Duration.ofHours(13);
        objects.availability = new Availability.Readable(Samples.EXPIRES.minus(Duration.ofHours(2)));

        assertThat(renewal(signer(late), late)
                        .renew(DOWNLOAD)
                        .issued()
                        .links()
                        .getFirst()
                        .expiresAt())
                .isEqualTo(Samples.EXPIRES.minus(Duration.ofHours(2)));
    }

    @Test
    void aLinkThatOutlivesItsObjectIsNotKeptIfNothingCanBeSigned() {
        Duration late = Duration.ofHours(13);
        objects.availability = new Availability.Readable(Samples.EXPIRES.minus(Duration.ofHours(2)));
        RecordingSigner signer = signer(late).withCredentialsFor(Duration.ZERO);

        assertThatExceptionOfType(LinkNotSignableException.class)
                .isThrownBy(() -> renewal(signer, late).renew(DOWNLOAD));
    }

    @Test
    void anUnavailableObjectIsRejectedWhenItsLinkIsRenewed() {
        Duration late = Duration.ofHours(13);
        RecordingSigner signer = signer(late);
        LinkRenewal links = renewal(signer, late);

        objects.availability = new Availability.Readable(
                Samples.ISSUED.plus(late).plus(Duration.ofMinutes(10).minusSeconds(1)));
        assertRejected(links, RejectionCode.OBJECT_EXPIRES_TOO_SOON);
        objects.availability = new Availability.Archived("is archived in GLACIER");
        assertRejected(links, RejectionCode.OBJECT_ARCHIVED);
        objects.absence = new RejectedException(RejectionCode.OBJECT_NOT_FOUND, "does not exist");
        assertRejected(links, RejectionCode.OBJECT_NOT_FOUND);
        assertThat(signer.requests).isEmpty();
    }

    private static void assertRejected(LinkRenewal links, RejectionCode code) {
        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> links.renew(DOWNLOAD))
                .satisfies(e -> assertThat(e.code()).isEqualTo(code));
    }

    @ParameterizedTest
    @CsvSource({
        "DOWNLOAD, files,  downloads/crm/a.pdf,         true",
        "PURCHASE, files,  downloads/crm/a.pdf,         true",
        "DOWNLOAD, files,  downloads/subjects/ana/a.pdf, true",
        "DOWNLOAD, files,  downloads/subjects/bo/a.pdf, false",
        "DOWNLOAD, files,  ledger/uploads/1.json,       false",
        "DOWNLOAD, other,  downloads/crm/a.pdf,         false",
        "DOWNLOAD, files,  uploads/crm/%s/a.pdf,        false",
        "ARRIVAL,  files,  uploads/crm/%s/a.pdf,        true",
        "ARRIVAL,  files,  uploads/shop/%s/a.pdf,       false",
        "ARRIVAL,  files,  uploads/crm/a.pdf,           false",
        "ARRIVAL,  files,  downloads/crm/a.pdf,         false",
        "ARRIVAL,  other,  uploads/crm/%s/a.pdf,        false"
    })
    void onlyObjectsThatTheSourceMayLinkToAreSignedAgain(Purpose purpose, String bucket, String key, boolean allowed) {
        ObjectRef object = new ObjectRef(bucket, key.formatted(Samples.ID), "v1");
        Link link = new Link(
                Link.Rel.DOWNLOAD,
                null,
                "GET",
                new SignedUrl("https://s3.example/a?s"),
                null,
                null,
                object,
                "a.pdf",
                null,
                null,
                Samples.EXPIRES);
        Delivery delivery = new Delivery(
                Samples.ID,
                new Samples.Acme(),
                "ana",
                Samples.delivery(purpose, ANA, null, link).issued(),
                ANA);
        RecordingSigner signer = signer(Duration.ofHours(13));
        LinkRenewal renewal = renewal(signer, Duration.ofHours(13));

        if (allowed) {
            renewal.renew(delivery);
            assertThat(signer.requests)
                    .extracting(RecordingSigner.Request::object)
                    .containsExactly(object);
        } else {
            assertThatExceptionOfType(RejectedException.class)
                    .isThrownBy(() -> renewal.renew(delivery))
                    .satisfies(e -> assertThat(e.code()).isEqualTo(RejectionCode.KEY_NOT_ALLOWED));
            assertThat(signer.requests).isEmpty();
        }
    }

    private static RecordingSigner signer(Duration late) {
        return new RecordingSigner(clock(late));
    }

    private LinkRenewal renewal(RecordingSigner signer, Duration late) {
        return new LinkRenewal(signer, objects, clock(late));
    }

    private static Clock clock(Duration late) {
        Instant now = Samples.ISSUED.plus(late);
        return Clock.fixed(now, ZoneOffset.UTC);
    }
}
