package dev.attache.gateway;

import java.time.Clock;
import java.time.Duration;
import java.util.NoSuchElementException;
import java.util.Optional;

import dev.attache.contract.ObjectRef;
import dev.attache.contract.RejectedException;
import dev.attache.contract.RejectionCode;
import dev.attache.ledger.OpenUpload;
import dev.attache.ledger.OpenUpload.ChosenFile;
import dev.attache.ledger.OpenUploads;
import dev.attache.ledger.PageIds;
import dev.attache.link.FileNames;
import dev.attache.link.LinkSigner;
import dev.attache.link.ObjectCatalog;
import dev.attache.link.SignedLink;
import dev.attache.link.SourcePolicies;
import dev.attache.link.UploadKeys;
import dev.attache.link.UploadTarget;

/** Where a file is handed in: looks up what was asked for, and signs a link for the file that a person picked. */
final class UploadDesk {

    private final OpenUploads uploads;
    private final SourcePolicies policies;
    private final ObjectCatalog catalog;
    private final LinkSigner signer;
    private final Clock clock;
    private final Duration linkLifetime;

    UploadDesk(OpenUploads uploads, SourcePolicies policies, ObjectCatalog catalog, LinkSigner signer, Clock clock,
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
        return clock.instant().isBefore(upload.expiresAt()) && stillAllowed(upload) ? Optional.empty()
                : Optional.of(UploadProblem.LINK_EXPIRED);
    }

    /**
     * A PUT link for this file. The file is recorded before the link is given away, so that its arrival finds the
     * record.
     *
     * @throws UploadRefusedException                    when the file is not what was asked for, or comes too late
     * @throws dev.attache.link.LinkNotSignableException when the credentials at hand have too little life left
     */
    SignedLink sign(OpenUpload upload, OfferedFile offered) {
        requireOpen(upload);
        ChosenFile file = chosen(upload, FileRules.contentType(upload, offered), offered);
        record(upload, file);
        UploadTarget target = new UploadTarget(new ObjectRef(upload.bucket(), file.key(), null), file.contentType(),
                file.contentLength(), upload.terms().sha256(), upload.requestId());
        return signer.put(target, linkLifetime, GatewayProperties.SHORTEST_LINK);
    }

    private static ChosenFile chosen(OpenUpload upload, String contentType, OfferedFile offered) {
        String asked = upload.terms().fileName();
        String name = asked != null ? asked : String.valueOf(offered.name());
        return new ChosenFile(FileNames.forDisplay(name), UploadKeys.key(upload.source(), upload.id(), name),
                contentType, offered.size() == null ? 0 : offered.size());
    }

    private void record(OpenUpload upload, ChosenFile file) {
        try {
            uploads.change(upload.id(), current -> {
                // It may have arrived since it was looked up: from another tab, or from a try whose answer got lost.
                requireOpen(current);
                requireNothingSent(current, file);
                return file.equals(current.file()) ? current : current.withFile(file);
            });
        } catch (NoSuchElementException gone) {
            throw new UploadRefusedException(UploadProblem.UNKNOWN_UPLOAD, null);
        }
    }

    /**
     * S3's event takes its time: what was signed for before may lie there already, and a file with another name would
     * not meet it. One with the same name does, for its link works only while nothing has that name.
     */
    private void requireNothingSent(OpenUpload upload, ChosenFile next) {
        ChosenFile last = upload.file();
        if (last != null && !last.key().equals(next.key()) && exists(new ObjectRef(upload.bucket(), last.key(), null))) {
            throw new UploadRefusedException(UploadProblem.ALREADY_ARRIVED, upload);
        }
    }

    private boolean exists(ObjectRef object) {
        try {
            catalog.findFresh(object);
            return true;
        } catch (RejectedException absent) {
            // Without s3:ListBucket S3 answers 403 for what is not there.
            if (absent.code() != RejectionCode.OBJECT_NOT_FOUND && absent.code() != RejectionCode.OBJECT_ACCESS_DENIED) {
                throw absent;
            }
            return false;
        }
    }

    private void requireOpen(OpenUpload upload) {
        closed(upload).ifPresent(problem -> {
            throw new UploadRefusedException(problem, upload);
        });
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
