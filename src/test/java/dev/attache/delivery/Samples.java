package dev.attache.delivery;

import dev.attache.contract.LinkIssued;
import dev.attache.contract.LinkIssued.Purpose;
import dev.attache.contract.value.AttachmentRef;
import dev.attache.contract.value.Campaign;
import dev.attache.contract.value.Channel;
import dev.attache.contract.value.DownloadPage;
import dev.attache.contract.value.Link;
import dev.attache.contract.value.MessageText;
import dev.attache.contract.value.ObjectRef;
import dev.attache.contract.value.Recipient;
import dev.attache.contract.value.RejectedException;
import dev.attache.contract.value.RejectionCode;
import dev.attache.contract.value.SignedUrl;
import dev.attache.contract.value.UploadRequest;
import dev.attache.contract.value.UploadTerms;
import dev.attache.delivery.mail.Delivery;
import dev.attache.source.SourceIdentity;
import dev.attache.source.SourcePolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sample deliveries. */
public final class Samples {

    public static final String ID = "0f4bd3a7-6a4c-5a1e-9d0c-1f6f5a1c2b3d";
    public static final Instant ISSUED = Instant.parse("2026-11-21T09:00:00Z");
    public static final Instant EXPIRES = ISSUED.plus(Duration.ofDays(1));

    /** As long as with a role's credentials, with characters that must not be encoded twice. */
    public static final String LONG_URL =
            "https://attachments.s3.eu-central-1.amazonaws.com/downloads/crm/contract%204711%2B1.pdf"
                    + "?response-content-disposition=attachment%3B%20filename%3D%22a.pdf%22&X-Amz-Security-Token="
                    + "IQoJb3JpZ2luX2VjE%2F%2B%3D".repeat(75) + "&X-Amz-Expires=86400&X-Amz-Signature=0123456789abcdef";

    public static final String PAGE_URL = "https://acme.example/d/" + "aB3_".repeat(16) + "xyz";

    private Samples() {}

    public static Link download(String fileName, String url) {
        return new Link(
                Link.Rel.DOWNLOAD,
                null,
                "GET",
                new SignedUrl(url),
                Map.of(),
                Map.of(),
                new ObjectRef("files", "downloads/crm/" + fileName, null),
                fileName,
                48_211L,
                "application/pdf",
                EXPIRES);
    }

    public static Link titled(String title, Link link) {
        return new Link(
                link.rel(),
                title,
                link.method(),
                link.url(),
                link.headers(),
                link.fields(),
                link.object(),
                link.fileName(),
                link.contentLength(),
                link.contentType(),
                link.expiresAt());
    }

    /** A PUT link, which mails do not show. */
    public static Link linkForPrograms(String url) {
        return new Link(
                Link.Rel.UPLOAD, null, "PUT", new SignedUrl(url), Map.of(), Map.of(), null, null, null, null, EXPIRES);
    }

    public static Link uploadPage(String url) {
        return new Link(
                Link.Rel.UPLOAD_PAGE,
                null,
                "GET",
                new SignedUrl(url),
                Map.of(),
                Map.of(),
                null,
                null,
                null,
                null,
                EXPIRES);
    }

    public static Delivery delivery(
            Purpose purpose, Recipient recipient, @Nullable MessageText message, Link... links) {
        return new Delivery(
                ID,
                new Acme(),
                null,
                new LinkIssued(
                        "contract-4711",
                        Channel.EMAIL,
                        purpose,
                        recipient,
                        message,
                        null,
                        List.of(links),
                        ISSUED,
                        purpose == Purpose.UPLOAD ? terms() : null,
                        null,
                        null,
                        null),
                recipient);
    }

    /** A page of the given files, which expires with {@link #EXPIRES}. */
    public static DownloadPage page(DownloadPage.Item... items) {
        return new DownloadPage(List.of(items), EXPIRES, null, false, false, null, false, null);
    }

    public static DownloadPage.Item item(@Nullable String title, String fileName) {
        return new DownloadPage.Item(
                new ObjectRef("files", "downloads/crm/" + fileName, null), title, fileName, 48_211L, "application/pdf");
    }

    /** A mail with a link to a download page. */
    public static Delivery pageDelivery(
            Purpose purpose, Recipient recipient, @Nullable MessageText message, DownloadPage page) {
        return pageDelivery(new Acme(), purpose, recipient, message, page);
    }

    public static Delivery pageDelivery(
            Acme source, Purpose purpose, Recipient recipient, @Nullable MessageText message, DownloadPage page) {
        LinkIssued issued = new LinkIssued(
                "contract-4711",
                Channel.EMAIL,
                purpose,
                recipient,
                message,
                null,
                List.of(Link.downloadPage(new SignedUrl(PAGE_URL), null, page.expiresAt())),
                ISSUED,
                null,
                null,
                page,
                null);
        return new Delivery(ID, source, null, issued, recipient);
    }

    public static Delivery newsletter(Recipient recipient, @Nullable Campaign campaign, Link... links) {
        return new Delivery(
                ID,
                new Acme(),
                null,
                new LinkIssued(
                        "issue-12",
                        Channel.NEWSLETTER,
                        Purpose.DOWNLOAD,
                        recipient,
                        null,
                        campaign,
                        List.of(links),
                        ISSUED,
                        null,
                        null,
                        null,
                        null),
                recipient);
    }

    public static UploadTerms terms() {
        return new UploadTerms(List.of("application/pdf", "image/jpeg"), 25_000_000, null, null, null);
    }

    /** A source that may link to objects in {@code downloads/crm/} and in its subject's folder. */
    public static class Acme implements SourcePolicy {

        boolean mailSentEvents;

        int renewals;

        SourceIdentity identity = SourceIdentity.named("Acme <Contracts>");

        @Nullable
        String envelopeFrom;

        public @Nullable Integer mailsPerHour;

        public int mailsPerRecipientPerDay = 1000;

        @Override
        public boolean mailSentEvents() {
            return mailSentEvents;
        }

        @Override
        public SourceIdentity identity() {
            return identity;
        }

        @Override
        public int renewals() {
            return renewals;
        }

        @Override
        public @Nullable String envelopeFrom() {
            return envelopeFrom;
        }

        @Override
        public @Nullable Integer mailsPerHour() {
            return mailsPerHour;
        }

        @Override
        public int mailsPerRecipientPerDay() {
            return mailsPerRecipientPerDay;
        }

        @Override
        public String source() {
            return "crm";
        }

        @Override
        public String displayName() {
            return identity.displayName();
        }

        @Override
        public String uploadBucket() {
            return "files";
        }

        @Override
        public ObjectRef download(AttachmentRef attachment, @Nullable String subject) {
            String own = "downloads/subjects/" + subject + "/";
            if (!"files".equals(attachment.bucket())
                    || !attachment.key().startsWith("downloads/crm/")
                            && !attachment.key().startsWith(own)) {
                throw new RejectedException(RejectionCode.KEY_NOT_ALLOWED, "Only files/downloads/crm/ and its own");
            }
            return new ObjectRef(attachment.bucket(), attachment.key(), attachment.versionId());
        }

        @Override
        public UploadTerms upload(UploadRequest requested) {
            return terms();
        }

        @Override
        public Duration lifetime(@Nullable Duration requested) {
            return Duration.ofDays(1);
        }

        @Override
        public Duration minimumLifetime() {
            return Duration.ofMinutes(10);
        }
    }
}
