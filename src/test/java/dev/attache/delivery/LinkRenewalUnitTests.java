package dev.attache.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.attache.contract.LinkIssued.Purpose;
import dev.attache.contract.value.Link;
import dev.attache.contract.value.ObjectRef;
import dev.attache.contract.value.Recipient;
import dev.attache.contract.value.RejectedException;
import dev.attache.contract.value.RejectionCode;
import dev.attache.delivery.mail.Delivery;
import dev.attache.link.LinkNotSignableException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class LinkRenewalUnitTests {

    private static final Recipient ANA = new Recipient("ana@example.com");
    private static final Delivery DOWNLOAD = Samples.delivery(
            Purpose.DOWNLOAD,
            ANA,
            null,
            Samples.download("a.pdf", "https://attachments.s3.amazonaws.com/first?X-Amz-Signature=first"));

    private final InMemoryObjects objects = new InMemoryObjects();

    @Test
    void aLinkWithHalfOfItsLifetimeLeftIsKept() {
        RecordingSigner signer = signer(Duration.ofHours(12));

        Delivery fresh = renewal(signer, Duration.ofHours(12)).renew(DOWNLOAD);

        assertThat(fresh.issued().links()).isEqualTo(DOWNLOAD.issued().links());
        assertThat(signer.requests).isEmpty();
    }

    @Test
    void aLinkWithLessThanHalfIsSignedAgainForItsWholeLifetime() {
        Duration late = Duration.ofHours(12).plusSeconds(1);
        RecordingSigner signer = signer(late);

        Link fresh = renewal(signer, late).renew(DOWNLOAD).issued().links().getFirst();

        assertThat(fresh.url().reveal()).isEqualTo(RecordingSigner.URL);
        assertThat(fresh.expiresAt()).isEqualTo(Samples.EXPIRES.plus(late));
        assertThat(fresh.fileName()).isEqualTo("a.pdf");
        assertThat(signer.requests)
                .containsExactly(new RecordingSigner.Request(
                        new ObjectRef("files", "downloads/crm/a.pdf", null),
                        "a.pdf",
                        "application/pdf",
                        Samples.ID,
                        Duration.ofDays(1),
                        Duration.ofMinutes(10)));
    }

    @Test
    void aLinkToAPageIsKeptAndTheSignedLinksBesideItAreNotShown() {
        Duration late = Duration.ofHours(23);
        RecordingSigner signer = signer(late);
        Delivery page = Samples.pageDelivery(Purpose.DOWNLOAD, ANA, null, Samples.page(Samples.item(null, "a.pdf")));
        Link link = page.issued().links().getFirst();
        Delivery both = page.withLinks(List.of(DOWNLOAD.issued().links().getFirst(), link));

        Delivery shown = renewal(signer, late).renew(both);

        assertThat(shown.issued().links()).containsExactly(link);
        assertThat(signer.requests).isEmpty();
    }

    @Test
    void aRenewedLinkLivesNoLongerThanTheCurrentPolicyAllows() {
        Duration late = Duration.ofHours(23);
        Delivery delivery = new Delivery(Samples.ID, new Stricter(), null, DOWNLOAD.issued(), ANA);

        Link fresh =
                renewal(signer(late), late).renew(delivery).issued().links().getFirst();

        assertThat(fresh.expiresAt()).isEqualTo(Samples.ISSUED.plus(late).plus(Duration.ofHours(2)));
    }

    @Test
    void aRenewedLinkLivesNoLongerThanItsCredentials() {
        Duration late = Duration.ofHours(23);
        RecordingSigner signer = signer(late).withCredentialsFor(Duration.ofHours(3));

        Link fresh = renewal(signer, late).renew(DOWNLOAD).issued().links().getFirst();

        assertThat(fresh.expiresAt()).isEqualTo(Samples.ISSUED.plus(late).plus(Duration.ofHours(3)));
    }

    @Test
    void aLinkThatOutlivesTheCurrentCredentialsIsKept() {
        Duration late = Duration.ofHours(13);
        RecordingSigner signer = signer(late).withCredentialsFor(Duration.ofHours(3));

        assertThat(renewal(signer, late).renew(DOWNLOAD).issued().links())
                .isEqualTo(DOWNLOAD.issued().links());
    }

    @Test
    void aLinkWithItsMinimumLifetimeLeftIsKeptIfNothingCanBeSigned() {
        Duration late = Duration.ofHours(24).minusMinutes(10);
        RecordingSigner signer = signer(late).withCredentialsFor(Duration.ZERO);

        assertThat(renewal(signer, late).renew(DOWNLOAD).issued().links())
                .isEqualTo(DOWNLOAD.issued().links());
    }

    @Test
    void aLinkWithLessThanItsMinimumLifetimeIsRetryableIfNothingCanBeSigned() {
        Duration late = Duration.ofHours(24).minusMinutes(10).plusSeconds(1);
        RecordingSigner signer = signer(late).withCredentialsFor(Duration.ZERO);

        assertThatExceptionOfType(LinkNotSignableException.class)
                .isThrownBy(() -> renewal(signer, late).renew(DOWNLOAD));
    }

    @Test
    void anExpiredLinkIsNotRenewed() {
        RecordingSigner signer = signer(Duration.ofDays(1));

        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> renewal(signer, Duration.ofDays(1)).renew(DOWNLOAD))
                .satisfies(e -> assertThat(e.code()).isEqualTo(RejectionCode.LINK_EXPIRED))
                .satisfies(e -> assertThat(e.detail()).doesNotContain("https:"));
        assertThat(signer.requests).isEmpty();
    }

    @Test
    void anUploadPageIsNotSignedButExpires() {
        Delivery upload = Samples.delivery(Purpose.UPLOAD, ANA, null, Samples.uploadPage("https://acme.example/u/1"));
        RecordingSigner signer = signer(Duration.ofHours(23));

        assertThat(renewal(signer, Duration.ofHours(23)).renew(upload).issued().links())
                .isEqualTo(upload.issued().links());
        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> renewal(signer, Duration.ofHours(24)).renew(upload))
                .satisfies(e -> assertThat(e.code()).isEqualTo(RejectionCode.LINK_EXPIRED));
    }

    @Test
    void aMailDoesNotShowLinksForPrograms() {
        Link put = Samples.linkForPrograms("https://s3.example/x?s");
        Delivery upload =
                Samples.delivery(Purpose.UPLOAD, ANA, null, put, Samples.uploadPage("https://acme.example/u/1"));

        assertThat(renewal(signer(Duration.ofHours(1)), Duration.ofHours(1))
                        .renew(upload)
                        .issued()
                        .links())
                .extracting(Link::rel)
                .containsExactly(Link.Rel.UPLOAD_PAGE);
    }

    /** A source whose links may live two hours now. */
    private static final class Stricter extends Samples.Acme {

        @Override
        public Duration maximumLifetime() {
            return Duration.ofHours(2);
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
