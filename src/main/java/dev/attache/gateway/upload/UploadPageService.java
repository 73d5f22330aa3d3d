package dev.attache.gateway.upload;

import dev.attache.contract.value.ObjectRef;
import dev.attache.contract.value.RejectedException;
import dev.attache.contract.value.RejectionCode;
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

/** Looks up the upload of a page, and signs a PUT link for the file that a person chose. */
final class UploadPageService {

    private final OpenUploads uploads;
    private final SourcePolicies policies;
    private final ObjectCatalog catalog;
    private final LinkSigner signer;
    private final Clock clock;
    private final Duration linkLifetime;

    UploadPageService(
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
        // Other ids cannot exist, so do not look them up in the ledger.
        return PageIds.isPageId(pageId) ? uploads.findByPage(pageId) : Optional.empty();
    }

    /** The display name of the upload's source; its technical name if it is no longer configured. */
    String asker(OpenUpload upload) {
        try {
            return policies.require(upload.source()).displayName();
        } catch (RejectedException removed) {
            return upload.source();
        }
    }

    /** Why the upload accepts no file; empty if it does. */
    Optional<UploadProblem> closed(OpenUpload upload) {
        if (upload.arrival() != null) {
            return Optional.of(UploadProblem.ALREADY_ARRIVED);
        }
        if (clock.instant().isBefore(upload.expiresAt())) {
            return stillAllowed(upload) && nextNumber(upload) <= UploadKeys.MOST_FILES
                    ? Optional.empty()
                    : Optional.of(UploadProblem.LINK_EXPIRED);
        }
        // A revoked upload has expired when it was revoked, so open uploads need no further lookup.
        return Optional.of(uploads.isRevoked(upload) ? UploadProblem.UPLOAD_REVOKED : UploadProblem.LINK_EXPIRED);
    }

    /** The number in the object key of the next file. Refused files use up numbers. */
    private static int nextNumber(OpenUpload upload) {
        ChosenFile file = upload.file();
        return UploadKeys.next(file == null ? null : file.key(), file != null && file.wasRefused());
    }

    /**
     * Signs a PUT link for this file. The file is recorded before the link is returned, so that the object-created
     * event finds the record.
     *
     * @throws UploadRefusedException if the file does not meet the terms, or the upload accepts no file
     * @throws dev.attache.link.LinkNotSignableException if the credentials expire too soon
     */
    SignedLink sign(OpenUpload upload, FileDescription described) {
        requireOpen(upload, described);
        ChosenFile file = record(upload, FileRules.contentType(upload, described), described);
        UploadTarget target = new UploadTarget(
                new ObjectRef(upload.bucket(), file.key(), null),
                file.contentType(),
                file.contentLength(),
                upload.terms().sha256(),
                upload.requestId(),
                file.name(),
                policies.require(upload.source()).uploadStorage());
        return signer.put(target, linkLifetime, UploadPageProperties.SHORTEST_LINK);
    }

    private static ChosenFile chosen(OpenUpload upload, String contentType, FileDescription described) {
        return new ChosenFile(
                name(upload, described),
                UploadKeys.key(upload.source(), upload.id(), nextNumber(upload)),
                contentType,
                size(described));
    }

    private static String name(OpenUpload upload, FileDescription described) {
        String asked = upload.terms().fileName();
        return FileNames.forMetadata(asked != null ? asked : String.valueOf(described.name()));
    }

    private static long size(FileDescription described) {
        return described.size() == null ? 0 : described.size();
    }

    private ChosenFile record(OpenUpload upload, String contentType, FileDescription described) {
        try {
            OpenUpload changed = uploads.change(upload.id(), current -> {
                // A file may have arrived since the lookup: from another tab, or from an attempt whose answer was lost.
                requireOpen(current, described);
                requireNothingStored(current, described);
                ChosenFile file = chosen(current, contentType, described);
                return file.equals(current.file()) ? current : current.withFile(file);
            });
            return Optional.ofNullable(changed.file()).orElseThrow();
        } catch (NoSuchElementException gone) {
            throw new UploadRefusedException(UploadProblem.UNKNOWN_UPLOAD, null);
        }
    }

    /**
     * Checks whether the file of the last signed link is stored already, because S3's event can arrive late. Otherwise
     * the person would send the whole file before S3 refuses it. If S3 does not let this worker see the object, a link
     * is signed anyway: {@code If-None-Match: *} refuses a second file.
     */
    private void requireNothingStored(OpenUpload upload, FileDescription described) {
        ChosenFile last = upload.file();
        if (last != null && !last.wasRefused()) {
            find(new ObjectRef(upload.bucket(), last.key(), null)).ifPresent(stored -> {
                throw new UploadRefusedException(
                        arrived(upload, described, stored.fileName(), stored.contentLength()), upload);
            });
        }
    }

    private Optional<StoredObject> find(ObjectRef object) {
        try {
            return Optional.of(catalog.findFresh(object));
        } catch (RejectedException e) {
            // Without s3:ListBucket, S3 answers 403 for a missing object.
            if (e.code() != RejectionCode.OBJECT_NOT_FOUND && e.code() != RejectionCode.OBJECT_ACCESS_DENIED) {
                throw e;
            }
            return Optional.empty();
        }
    }

    private void requireOpen(OpenUpload upload, FileDescription described) {
        closed(upload).ifPresent(problem -> {
            Arrival arrival = upload.arrival();
            throw new UploadRefusedException(
                    arrival == null ? problem : arrived(upload, described, arrival.fileName(), arrival.contentLength()),
                    upload);
        });
    }

    /** Returns whether the stored file is the described one, or another one, for example from a second tab. */
    private static UploadProblem arrived(
            OpenUpload upload, FileDescription described, @Nullable String name, long size) {
        return size == size(described) && (name == null || name.equals(name(upload, described)))
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
