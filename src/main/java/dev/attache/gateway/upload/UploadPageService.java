package dev.attache.gateway.upload;

import dev.attache.contract.value.ObjectRef;
import dev.attache.contract.value.RejectedException;
import dev.attache.contract.value.UploadRequest;
import dev.attache.ledger.OpenUpload;
import dev.attache.ledger.OpenUploads;
import dev.attache.ledger.PageIds;
import dev.attache.ledger.UploadFile;
import dev.attache.link.LinkSigner;
import dev.attache.link.SignedLink;
import dev.attache.link.UploadTarget;
import dev.attache.source.SourcePolicies;
import dev.attache.upload.ChosenFile;
import dev.attache.upload.UploadSlots;
import dev.attache.upload.UploadSlots.Slot;
import java.time.Clock;
import java.time.Duration;
import java.util.NoSuchElementException;
import java.util.Optional;

/** Looks up the upload of a page, and signs a PUT link for the file that a person chose. */
final class UploadPageService {

    private final OpenUploads uploads;
    private final UploadSlots slots;
    private final SourcePolicies policies;
    private final LinkSigner signer;
    private final Clock clock;
    private final Duration linkLifetime;

    UploadPageService(
            OpenUploads uploads,
            UploadSlots slots,
            SourcePolicies policies,
            LinkSigner signer,
            Clock clock,
            Duration linkLifetime) {
        this.uploads = uploads;
        this.slots = slots;
        this.policies = policies;
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

    /** The time until the upload expires. */
    Duration remaining(OpenUpload upload) {
        return Duration.between(clock.instant(), upload.expiresAt());
    }

    /** Why the upload accepts no file; empty if it does. */
    Optional<UploadProblem> closed(OpenUpload upload) {
        if (upload.ended()) {
            return Optional.of(
                    upload.declined() == null ? UploadProblem.ALREADY_ARRIVED : UploadProblem.UPLOAD_DECLINED);
        }
        if (clock.instant().isBefore(upload.expiresAt())) {
            return stillAllowed(upload) && UploadSlots.hasNumber(upload)
                    ? Optional.empty()
                    : Optional.of(UploadProblem.LINK_EXPIRED);
        }
        // A revoked upload has expired when it was revoked, so open uploads need no further lookup.
        return Optional.of(uploads.isRevoked(upload) ? UploadProblem.UPLOAD_REVOKED : UploadProblem.LINK_EXPIRED);
    }

    /**
     * A link for a file.
     *
     * @param number the file's number in the upload
     */
    record SignedFile(int number, SignedLink link) {}

    /**
     * Signs a PUT link for this file. The file is recorded before the link is returned, so that the object-created
     * event finds the record.
     *
     * @throws UploadRefusedException if the file does not meet the terms, or the upload accepts no file
     * @throws dev.attache.link.LinkNotSignableException if the credentials expire too soon
     */
    SignedFile sign(OpenUpload upload, FileDescription described) {
        if (!upload.ended()) {
            requireOpen(upload);
        }
        ChosenFile chosen = chosen(upload, described);
        if (chosen.size() > UploadRequest.LARGEST_PUT) {
            // The page sends it in parts.
            throw new UploadRefusedException(UploadProblem.MALFORMED, upload);
        }
        UploadFile file = switch (take(upload, chosen)) {
            case Slot.Taken(OpenUpload changed, UploadFile taken) -> {
                requireOpen(changed);
                yield taken;
            }
            case Slot.Arrived(OpenUpload changed, UploadFile arrived) ->
                throw new UploadRefusedException(UploadProblem.ALREADY_ARRIVED, changed);
            case Slot.Full(OpenUpload changed) ->
                throw new UploadRefusedException(UploadProblem.OTHER_ARRIVED, changed);
            case Slot.Closed(OpenUpload changed) -> throw new UploadRefusedException(whyClosed(changed), changed);
        };
        UploadTarget target = new UploadTarget(
                new ObjectRef(upload.bucket(), file.key(), null),
                file.contentType(),
                file.contentLength(),
                upload.terms().sha256(),
                upload.requestId(),
                file.name(),
                policies.require(upload.source()).uploadStorage(),
                file.fileId());
        return new SignedFile(file.number(), signer.put(target, linkLifetime, UploadPageProperties.SHORTEST_LINK));
    }

    /** Why an upload that has ended accepts no other file. */
    UploadProblem whyClosed(OpenUpload upload) {
        return upload.completion() == null
                ? closed(upload).orElse(UploadProblem.LINK_EXPIRED)
                : UploadProblem.UPLOAD_COMPLETED;
    }

    /** @throws UploadRefusedException if the file does not meet the terms */
    static ChosenFile chosen(OpenUpload upload, FileDescription described) {
        // Nothing is signed for an upload that has ended, so the person learns that in any case.
        String contentType = upload.ended() ? "" : FileRules.contentType(upload, described);
        return new ChosenFile(
                String.valueOf(described.name()),
                contentType,
                described.size() == null ? 0 : described.size(),
                described.lastModified(),
                described.firstPart());
    }

    private Slot take(OpenUpload upload, ChosenFile chosen) {
        try {
            return slots.take(upload, chosen);
        } catch (NoSuchElementException gone) {
            throw new UploadRefusedException(UploadProblem.UNKNOWN_UPLOAD, null);
        }
    }

    /** @throws UploadRefusedException if a link that was signed in time cannot be in use any more */
    void requireNotLongClosed(OpenUpload upload) {
        boolean late = clock.instant().isAfter(upload.expiresAt().plus(linkLifetime));
        if (!upload.ended() && (late || uploads.isRevoked(upload))) {
            requireOpen(upload);
        }
    }

    /** @throws UploadRefusedException if the upload accepts no file */
    void requireOpen(OpenUpload upload) {
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
