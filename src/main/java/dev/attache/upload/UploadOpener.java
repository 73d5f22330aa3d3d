package dev.attache.upload;

import dev.attache.contract.AttachmentRequested;
import dev.attache.contract.CloudEvent;
import dev.attache.contract.ContentDigest;
import dev.attache.contract.EventIds;
import dev.attache.contract.value.Link;
import dev.attache.contract.value.ObjectRef;
import dev.attache.contract.value.Recipient;
import dev.attache.contract.value.RejectedException;
import dev.attache.contract.value.RejectionCode;
import dev.attache.contract.value.SignedUrl;
import dev.attache.contract.value.UploadRequest;
import dev.attache.contract.value.UploadTerms;
import dev.attache.ledger.OpenUpload;
import dev.attache.ledger.OpenUploads;
import dev.attache.link.LinkSigner;
import dev.attache.link.SignedLink;
import dev.attache.link.UploadTarget;
import dev.attache.source.SourcePolicy;
import dev.attache.storage.StorageOptions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Opens uploads. Each is recorded in the ledger before its links are published: a link to the page on which a person
 * picks a file and, if the request states type and size of the file, a PUT link or POST form for programs.
 */
public final class UploadOpener {

    /** The file name of a PUT link or POST form if the request names none. */
    private static final String UNNAMED = "upload";

    private final OpenUploads ledger;

    private final LinkSigner signer;

    private final Supplier<String> pageIds;

    private final String pageUrl;

    private final Clock clock;

    /**
     * @param pageIds returns a new page id, 128 random bits, at each call
     * @param pageUrl the URL of a page without its id
     */
    public UploadOpener(OpenUploads ledger, LinkSigner signer, Supplier<String> pageIds, String pageUrl, Clock clock) {
        this.ledger = ledger;
        this.signer = signer;
        this.pageIds = pageIds;
        this.pageUrl = pageUrl;
        this.clock = clock;
    }

    /**
     * The links of one recipient's upload, or of the only upload of a request without recipients. A redelivered request
     * finds the upload that it opened, with its expiry.
     *
     * @param contentDigest the event's {@link ContentDigest}
     * @throws RejectedException {@code ID_REUSED} if an event with this id and other content opened the upload;
     *     {@code LINK_EXPIRED} when it has expired without a file
     */
    public List<Link> open(
            SourcePolicy policy,
            CloudEvent<AttachmentRequested> event,
            String contentDigest,
            UploadTerms terms,
            @Nullable Recipient recipient,
            Duration lifetime) {
        Instant now = clock.instant();
        OpenUpload upload = ledger.open(OpenUpload.requested(
                event,
                EventIds.derive(event.source(), event.id(), "upload", recipient == null ? "" : recipient.address()),
                pageIds.get(),
                policy.uploadBucket(),
                terms,
                recipient,
                contentDigest,
                now,
                now.plus(lifetime)));
        requireSameContent(upload, contentDigest);
        Duration left = Duration.between(now, upload.expiresAt());
        boolean expired = left.compareTo(Duration.ofSeconds(1)) < 0;
        if (expired && !upload.ended() && upload.arrived().isEmpty()) {
            throw new RejectedException(
                    RejectionCode.LINK_EXPIRED,
                    "The upload that this request opened expired at " + upload.expiresAt()
                            + ", and no file had arrived; send a new event with another id");
        }
        List<Link> links = new ArrayList<>();
        if (!expired) {
            signed(upload, event.data(), policy, left).ifPresent(links::add);
        }
        links.add(Link.page(new SignedUrl(pageUrl + upload.pageId()), terms.fileName(), upload.expiresAt()));
        return links;
    }

    private static void requireSameContent(OpenUpload upload, String contentDigest) {
        if (ContentDigest.differ(upload.contentDigest(), contentDigest)) {
            throw RejectedException.idReused(
                    "An earlier event with this source and id opened another upload for the same recipient;"
                            + " send the event again with another id",
                    contentDigest);
        }
    }

    /**
     * A PUT link or POST form, if the request has everything that must be signed: one media type, and a size. A link is
     * for one file of at most 5 GB, so a request for several or for a larger one has none.
     */
    private Optional<Link> signed(
            OpenUpload upload, AttachmentRequested request, SourcePolicy policy, Duration lifetime) {
        UploadTerms terms = upload.terms();
        if (request.upload() == null
                || terms.mostFiles() > 1
                || terms.contentTypes().size() != 1
                || terms.contentTypes().getFirst().contains("*")) {
            return Optional.empty();
        }
        Duration minimum = shorter(policy.minimumLifetime(), lifetime);
        if (terms.contentLength() != null) {
            if (terms.contentLength() > UploadRequest.LARGEST_PUT) {
                return Optional.empty();
            }
            UploadTarget target = target(upload, terms.contentLength(), policy.uploadStorage());
            return Optional.of(link(upload, target, signer.put(target, lifetime, minimum)));
        }
        if (request.upload().maxBytes() == null) {
            return Optional.empty();
        }
        long maxBytes = Math.min(terms.maxBytes(), UploadRequest.LARGEST_PUT);
        UploadTarget target = target(upload, maxBytes, policy.uploadStorage());
        return Optional.of(link(upload, target, signer.post(target, maxBytes, lifetime, minimum)));
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static UploadTarget target(OpenUpload upload, long contentLength, StorageOptions storage) {
        UploadTerms terms = upload.terms();
        return new UploadTarget(
                new ObjectRef(upload.bucket(), upload.awaitedKey(), null),
                terms.contentTypes().getFirst(),
                contentLength,
                terms.sha256(),
                upload.requestId(),
                terms.fileName() == null ? UNNAMED : terms.fileName(),
                storage);
    }

    private static Link link(OpenUpload upload, UploadTarget target, SignedLink signed) {
        return signed.toLink(
                Link.Rel.UPLOAD,
                upload.terms().fileName(),
                target.object(),
                upload.terms().fileName(),
                upload.terms().contentLength(),
                target.contentType());
    }
}
