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

class LinkRenewalUnitTests {

    private static final Recipient ANA = new Recipient("ana@example.com");
    private static final Delivery DOWNLOAD = Samples.delivery(
            Purpose.DOWNLOAD,
            ANA,
            null,
            Samples.download("a.pdf", "https://attachments.s3.amazonaws.com/first?X-Amz-Signature=first"));

    private final ObjectsInMemory objects = new ObjectsInMemory();

    @Test
    void aLinkWithHalfOfItsLifetimeLeftStays() {
        RecordingSigner signer = signer(Duration.ofHours(12));

        Delivery fresh = freshLinks(signer, Duration.ofHours(12)).in(DOWNLOAD);

        assertThat(fresh.issued().links()).isEqualTo(DOWNLOAD.issued().links());
        assertThat(signer.requests).isEmpty();
    }

    @Test
    void aLinkWithLessIsSignedAgainForItsWholeLifetime() {
        Duration late = Duration.ofHours(12).plusSeconds(1);
        RecordingSigner signer = signer(late);

        Link fresh = freshLinks(signer, late).in(DOWNLOAD).issued().links().getFirst();

        assertThat(fresh.url().reveal()).isEqualTo(RecordingSigner.URL);
        assertThat(fresh.expiresAt()).isEqualTo(Samples.EXPIRES.plus(late));
        assertThat(fresh.fileName()).isEqualTo("a.pdf");
        assertThat(signer.requests)
                .containsExactly(new RecordingSigner.Request(
                        new ObjectRef("files", "downloads/crm/a.pdf", null),
                        "a.pdf",
                        "application/pdf",
                        Duration.ofDays(1),
                        Duration.ofMinutes(10)));
    }

    @Test
    void aLinkThatIsSignedAgainLivesNoLongerThanItsSourceMayAskForToday() {
        Duration late = Duration.ofHours(23);
        Delivery delivery = new Delivery(Samples.ID, new Stricter(), null, DOWNLOAD.issued(), ANA);

        Link fresh =
                freshLinks(signer(late), late).in(delivery).issued().links().getFirst();

        assertThat(fresh.expiresAt()).isEqualTo(Samples.ISSUED.plus(late).plus(Duration.ofHours(2)));
    }

    @Test
    void aLinkIsAsShortAsTheCredentialsThatSignItAgain() {
        Duration late = Duration.ofHours(23);
        RecordingSigner signer = signer(late).withCredentialsFor(Duration.ofHours(3));

        Link fresh = freshLinks(signer, late).in(DOWNLOAD).issued().links().getFirst();

        assertThat(fresh.expiresAt()).isEqualTo(Samples.ISSUED.plus(late).plus(Duration.ofHours(3)));
    }

    @Test
    void aLinkThatOutlivesTheCredentialsOfNowStays() {
        Duration late = Duration.ofHours(13);
        RecordingSigner signer = signer(late).withCredentialsFor(Duration.ofHours(3));

        assertThat(freshLinks(signer, late).in(DOWNLOAD).issued().links())
                .isEqualTo(DOWNLOAD.issued().links());
    }

    @Test
    void aLinkWithItsMinimumLeftStaysWhenNothingCanBeSigned() {
        Duration late = Duration.ofHours(24).minusMinutes(10);
        RecordingSigner signer = signer(late).withCredentialsFor(Duration.ZERO);

        assertThat(freshLinks(signer, late).in(DOWNLOAD).issued().links())
                .isEqualTo(DOWNLOAD.issued().links());
    }

    @Test
    void aLinkWithLessThanItsMinimumIsTriedAgainLaterWhenNothingCanBeSigned() {
        Duration late = Duration.ofHours(24).minusMinutes(10).plusSeconds(1);
        RecordingSigner signer = signer(late).withCredentialsFor(Duration.ZERO);

        assertThatExceptionOfType(LinkNotSignableException.class)
                .isThrownBy(() -> freshLinks(signer, late).in(DOWNLOAD));
    }

    @Test
    void aLinkWhoseTimeIsOverIsNotRevived() {
        RecordingSigner signer = signer(Duration.ofDays(1));

        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> freshLinks(signer, Duration.ofDays(1)).in(DOWNLOAD))
                .satisfies(e -> assertThat(e.code()).isEqualTo(RejectionCode.LINK_EXPIRED))
                .satisfies(e -> assertThat(e.detail()).doesNotContain("https:"));
        assertThat(signer.requests).isEmpty();
    }

    @Test
    void anUploadPageIsNeverSignedButExpires() {
        Delivery upload = Samples.delivery(Purpose.UPLOAD, ANA, null, Samples.uploadPage("https://acme.example/u/1"));
        RecordingSigner signer = signer(Duration.ofHours(23));

        assertThat(freshLinks(signer, Duration.ofHours(23)).in(upload).issued().links())
                .isEqualTo(upload.issued().links());
        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> freshLinks(signer, Duration.ofHours(24)).in(upload))
                .satisfies(e -> assertThat(e.code()).isEqualTo(RejectionCode.LINK_EXPIRED));
    }

    @Test
    void aLinkForProgramsIsNotShownToPeople() {
        Link put = new Link(
                Link.Rel.UPLOAD,
                null,
                "PUT",
                new SignedUrl("https://s3.example/x?s"),
                null,
                null,
                null,
                null,
                null,
                null,
                Samples.ISSUED.plusSeconds(1));
        Delivery upload =
                Samples.delivery(Purpose.UPLOAD, ANA, null, put, Samples.uploadPage("https://acme.example/u/1"));

        assertThat(freshLinks(signer(Duration.ofHours(1)), Duration.ofHours(1))
                        .in(upload)
                        .issued()
                        .links())
                .extracting(Link::rel)
                .containsExactly(Link.Rel.UPLOAD_PAGE);
    }

    @Test
    void aLinkThatIsSignedAgainEndsWithItsObject() {
        Duration late = Duration.ofHours(13);
        objects.availability = new Availability.Readable(Samples.EXPIRES.plus(Duration.ofHours(2)));

        assertThat(freshLinks(signer(late), late)
                        .in(DOWNLOAD)
                        .issued()
                        .links()
                        .getFirst()
                        .expiresAt())
                .isEqualTo(Samples.EXPIRES.plus(Duration.ofHours(2)));
    }

    /** A rule may have been added to the bucket since the link was signed. */
    @Test
    void aLinkThatOutlivesItsObjectIsReplacedByAShorterOne() {
        Duration late = Duration.ofHours(13);
        objects.availability = new Availability.Readable(Samples.EXPIRES.minus(Duration.ofHours(2)));

        assertThat(freshLinks(signer(late), late)
                        .in(DOWNLOAD)
                        .issued()
                        .links()
                        .getFirst()
                        .expiresAt())
                .isEqualTo(Samples.EXPIRES.minus(Duration.ofHours(2)));
    }

    @Test
    void aLinkThatOutlivesItsObjectIsNotKeptWhenNothingCanBeSigned() {
        Duration late = Duration.ofHours(13);
        objects.availability = new Availability.Readable(Samples.EXPIRES.minus(Duration.ofHours(2)));
        RecordingSigner signer = signer(late).withCredentialsFor(Duration.ZERO);

        assertThatExceptionOfType(LinkNotSignableException.class)
                .isThrownBy(() -> freshLinks(signer, late).in(DOWNLOAD));
    }

    @Test
    void anObjectThatEndsTooSoonOrIsArchivedOrGoneIsRejectedWhenItsLinkIsSignedAgain() {
        Duration late = Duration.ofHours(13);
        RecordingSigner signer = signer(late);
        LinkRenewal links = freshLinks(signer, late);

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
                .isThrownBy(() -> links.in(DOWNLOAD))
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
    void onlyWhatItsSourceMayLinkToIsSignedAgain(Purpose purpose, String bucket, String key, boolean allowed) {
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
        LinkRenewal freshLinks = freshLinks(signer, Duration.ofHours(13));

        if (allowed) {
            freshLinks.in(delivery);
            assertThat(signer.requests)
                    .extracting(RecordingSigner.Request::object)
                    .containsExactly(object);
        } else {
            assertThatExceptionOfType(RejectedException.class)
                    .isThrownBy(() -> freshLinks.in(delivery))
                    .satisfies(e -> assertThat(e.code()).isEqualTo(RejectionCode.KEY_NOT_ALLOWED));
            assertThat(signer.requests).isEmpty();
        }
    }

    /** Its links may live two hours, whatever they might when they were first signed. */
    private static final class Stricter extends Samples.Acme {

        @Override
        public Duration maximumLifetime() {
            return Duration.ofHours(2);
        }
    }

    private static RecordingSigner signer(Duration late) {
        return new RecordingSigner(clock(late));
    }

    private LinkRenewal freshLinks(RecordingSigner signer, Duration late) {
        return new LinkRenewal(signer, objects, clock(late));
    }

    private static Clock clock(Duration late) {
        Instant now = Samples.ISSUED.plus(late);
        return Clock.fixed(now, ZoneOffset.UTC);
    }
}
