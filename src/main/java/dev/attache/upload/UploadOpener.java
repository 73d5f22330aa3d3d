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
import dev.attache.contract.value.UploadTerms;
import dev.attache.ledger.OpenUpload;
import dev.attache.ledger.OpenUploads;
import dev.attache.link.LinkSigner;
import dev.attache.link.SignedLink;
import dev.attache.link.UploadTarget;
import dev.attache.source.SourcePolicy;
import dev.attache.storage.UploadKeys;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Opens uploads: records each in the ledger before anybody is told of it, and makes its links: the page on which a
 * person picks a file, and for programs a ready PUT, or POST form, when the request already says what will come.
 */
public final class UploadOpener {

    /** The file name of a ready link when the request names none. */
    private static final String UNNAMED = "upload";

    private final OpenUploads ledger;

    private final LinkSigner signer;

    private final Supplier<String> pageIds;

    private final String pageUrl;

    private final Clock clock;

    /**
     * @param pageIds gives a new page id, 128 random bits, at each call
     * @param pageUrl what a page's address begins with, its id following
     */
    public UploadOpener(OpenUploads ledger, LinkSigner signer, Supplier<String> pageIds, String pageUrl, Clock clock) {
        this.ledger = ledger;
        this.signer = signer;
        this.pageIds = pageIds;
        this.pageUrl = pageUrl;
        this.clock = clock;
    }

    /**
     * The links of one recipient's upload, or of the one upload of a request that has no recipients. A request that
     * comes again finds the upload that it opened, and that one's end.
     *
     * @param contentDigest the event's {@link ContentDigest}
     * @throws RejectedException {@code ID_REUSED} when an event with this id and other content opened it;
     *     {@code LINK_EXPIRED} when its end has come, and no file
     */
    public List<Link> open(
            SourcePolicy policy,
            CloudEvent<AttachmentRequested> event,
            String contentDigest,
            UploadTerms terms,
            @Nullable Recipient recipient,
            Duration lifetime) {
        AttachmentRequested request = event.data();
        UUID id = EventIds.derive(event.source(), event.id(), "upload", recipient == null ? "" : recipient.address());
        Instant now = clock.instant();
        OpenUpload upload = ledger.open(new OpenUpload(
                id,
                pageIds.get(),
                event.id(),
                event.source(),
                event.subject(),
                event.traceparent(),
                policy.uploadBucket(),
                terms,
                recipient,
                request.message(),
                request.toNotify(),
                now,
                now.plus(lifetime),
                null,
                null,
                contentDigest));
        if (ContentDigest.differ(upload.contentDigest(), contentDigest)) {
            throw RejectedException.idReused(
                    "An earlier event with this source and id opened another upload for the same recipient;"
                            + " send the event again with an id of its own",
                    contentDigest);
        }
        Duration left = Duration.between(now, upload.expiresAt());
        boolean over = left.compareTo(Duration.ofSeconds(1)) < 0;
        if (over && upload.arrival() == null) {
            throw new RejectedException(
                    RejectionCode.LINK_EXPIRED,
                    "The upload that this request opened ended at " + upload.expiresAt()
                            + ", and no file had arrived; send a new event, with another id");
        }
        List<Link> links = new ArrayList<>();
        if (!over) {
            ready(upload, request, left, shorter(policy.minimumLifetime(), left))
                    .ifPresent(links::add);
        }
        links.add(Link.page(new SignedUrl(pageUrl + upload.pageId()), terms.fileName(), upload.expiresAt()));
        return links;
    }

    /** A link for a file of which the request says all that has to be signed. */
    private Optional<Link> ready(OpenUpload upload, AttachmentRequested request, Duration lifetime, Duration minimum) {
        UploadTerms terms = upload.terms();
        if (request.upload() == null
                || terms.contentTypes().size() != 1
                || terms.contentTypes().getFirst().contains("*")) {
            return Optional.empty();
        }
        if (terms.contentLength() != null) {
            return Optional.of(ready(upload, signer.put(target(upload, terms.contentLength()), lifetime, minimum)));
        }
        return request.upload().maxBytes() == null
                ? Optional.empty()
                : Optional.of(ready(
                        upload, signer.post(target(upload, terms.maxBytes()), terms.maxBytes(), lifetime, minimum)));
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static UploadTarget target(OpenUpload upload, long contentLength) {
        UploadTerms terms = upload.terms();
        String key = UploadKeys.key(upload.source(), upload.id(), UploadArrivals.awaited(upload));
        return new UploadTarget(
                new ObjectRef(upload.bucket(), key, null),
                terms.contentTypes().getFirst(),
                contentLength,
                terms.sha256(),
                upload.requestId(),
                terms.fileName() == null ? UNNAMED : terms.fileName());
    }

    private static Link ready(OpenUpload upload, SignedLink signed) {
        UploadTarget target = target(upload, 0);
        return signed.toLink(
                Link.Rel.UPLOAD,
                upload.terms().fileName(),
                target.object(),
                upload.terms().fileName(),
                upload.terms().contentLength(),
                target.contentType());
    }
}
