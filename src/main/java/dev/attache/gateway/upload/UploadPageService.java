package dev.attache.gateway.upload;

import dev.attache.contract.value.ObjectRef;
import dev.attache.contract.value.RejectedException;
import dev.attache.contract.value.RejectionCode;
import dev.attache.gateway.GatewayProperties;
import dev.attache.gateway.UploadProblem;
import dev.attache.ledger.OpenUpload;
import dev.attache.ledger.OpenUpload.Arrival;
import dev.attache.ledger.OpenUpload.ChosenFile;
import dev.attache.ledger.OpenUploads;
import dev.attache.ledger.PageIds;
import dev.attache.link.LinkSigner;
import dev.attache.link.SignedLink;
import dev.attache.link.UploadTarget;
import dev.attache.source.SourcePolicies;
import dev.attache.storage.FileNames;
import dev.attache.storage.ObjectCatalog;
import dev.attache.storage.StoredObject;
import dev.attache.storage.UploadKeys;
import java.time.Clock;
import java.time.Duration;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where a file is handed in: looks up what was asked for, and signs a link for the file that a person picked. */
public final class UploadPageService {

    private final OpenUploads uploads;
    private final SourcePolicies policies;
    private final ObjectCatalog catalog;
    private final LinkSigner signer;
    private final Clock clock;
    private final Duration linkLifetime;

    public UploadPageService(
            OpenUploads uploads,
            SourcePolicies policies,
            ObjectCatalog catalog,
            LinkSigner signer,
            Clock clock,
            Duration linkLifetime) {
        this.uploads = uploads;
        this.policies = policies;
        this.catalog = catalog;
        this.signer = signer;
        this.clock = clock;
        this.linkLifetime = linkLifetime;
    }

    Optional<OpenUpload> find(String pageId) {
        // Nothing else is worth a look into the ledger.
        return PageIds.isPageId(pageId) ? uploads.findByPage(pageId) : Optional.empty();
    }

    /** What people call the one who asks; the bare name of the source when it is no longer configured. */
    String asker(OpenUpload upload) {
        try {
            return policies.require(upload.source()).displayName();
        } catch (RejectedException gone) {
            return upload.source();
        }
    }

    /** Why no file can be handed in any more; empty while one can. */
    Optional<UploadProblem> closed(OpenUpload upload) {
        if (upload.arrival() != null) {
            return Optional.of(UploadProblem.ALREADY_ARRIVED);
        }
        return clock.instant().isBefore(upload.expiresAt())
                        && stillAllowed(upload)
                        && awaited(upload) <= UploadKeys.MOST_FILES
                ? Optional.empty()
                : Optional.of(UploadProblem.LINK_EXPIRED);
    }

    /** The number of the file that an upload waits for. */
    private static int awaited(OpenUpload upload) {
        ChosenFile file = upload.file();
        return UploadKeys.next(file == null ? null : file.key(), file != null && file.wasRefused());
    }

    /**
     * A PUT link for this file. The file is recorded before the link is given away, so that its arrival finds the
     * record.
     *
     * @throws UploadRefusedException when the file is not what was asked for, or comes too late
     * @throws dev.attache.link.LinkNotSignableException when the credentials at hand have too little life left
     */
    SignedLink sign(OpenUpload upload, OfferedFile offered) {
        requireOpen(upload, offered);
        ChosenFile file = record(upload, FileRules.contentType(upload, offered), offered);
        UploadTarget target = new UploadTarget(
                new ObjectRef(upload.bucket(), file.key(), null),
                file.contentType(),
                file.contentLength(),
                upload.terms().sha256(),
                upload.requestId(),
                file.name());
        return signer.put(target, linkLifetime, GatewayProperties.SHORTEST_LINK);
    }

    private static ChosenFile chosen(OpenUpload upload, String contentType, OfferedFile offered) {
        return new ChosenFile(
                name(upload, offered),
                UploadKeys.key(upload.source(), upload.id(), awaited(upload)),
                contentType,
                size(offered));
    }

    private static String name(OpenUpload upload, OfferedFile offered) {
        String asked = upload.terms().fileName();
        return FileNames.forMetadata(asked != null ? asked : String.valueOf(offered.name()));
    }

    private static long size(OfferedFile offered) {
        return offered.size() == null ? 0 : offered.size();
    }

    private ChosenFile record(OpenUpload upload, String contentType, OfferedFile offered) {
        try {
            OpenUpload changed = uploads.change(upload.id(), current -> {
                // It may have arrived since it was looked up: from another tab, or from a try whose answer got lost.
                requireOpen(current, offered);
                requireNothingSent(current, offered);
                ChosenFile file = chosen(current, contentType, offered);
                return file.equals(current.file()) ? current : current.withFile(file);
            });
            return Optional.ofNullable(changed.file()).orElseThrow();
        } catch (NoSuchElementException gone) {
            throw new UploadRefusedException(UploadProblem.UNKNOWN_UPLOAD, null);
        }
    }

    /**
     * S3's event takes its time: what was signed for before may lie there already. A link for its key would be refused,
     * but only once all of the file has been sent. Where S3 does not let this worker see it, a link is signed:
     * {@code If-None-Match: *} refuses a second file.
     */
    private void requireNothingSent(OpenUpload upload, OfferedFile offered) {
        ChosenFile last = upload.file();
        if (last != null && !last.wasRefused()) {
            find(new ObjectRef(upload.bucket(), last.key(), null)).ifPresent(stored -> {
                throw new UploadRefusedException(
                        arrived(upload, offered, stored.fileName(), stored.contentLength()), upload);
            });
        }
    }

    private Optional<StoredObject> find(ObjectRef object) {
        try {
            return Optional.of(catalog.findFresh(object));
        } catch (RejectedException unseen) {
            // Without s3:ListBucket S3 answers 403 for what is not there.
            if (unseen.code() != RejectionCode.OBJECT_NOT_FOUND
                    && unseen.code() != RejectionCode.OBJECT_ACCESS_DENIED) {
                throw unseen;
            }
            return Optional.empty();
        }
    }

    private void requireOpen(OpenUpload upload, OfferedFile offered) {
        closed(upload).ifPresent(problem -> {
            Arrival arrival = upload.arrival();
            throw new UploadRefusedException(
                    arrival == null ? problem : arrived(upload, offered, arrival.fileName(), arrival.contentLength()),
                    upload);
        });
    }

    /** Whoever is told that their file has arrived must have sent that one, and not another from a second tab. */
    private static UploadProblem arrived(OpenUpload upload, OfferedFile offered, @Nullable String name, long size) {
        return size == size(offered) && (name == null || name.equals(name(upload, offered)))
                ? UploadProblem.ALREADY_ARRIVED
                : UploadProblem.OTHER_ARRIVED;
    }

    private boolean stillAllowed(OpenUpload upload) {
        try {
            policies.require(upload.source());
            return true;
        } catch (RejectedException removed) {
            return false;
        }
    }
}
