package dev.attache.ledger;

import dev.attache.contract.value.ObjectRef;
import dev.attache.contract.value.Recipient;
import dev.attache.ledger.downloads.DownloadAccess;
import dev.attache.ledger.downloads.LinkChange;
import dev.attache.ledger.downloads.LinkChange.Revocation;
import dev.attache.ledger.downloads.LinkChanges;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * Uploads with what their source has revoked or extended since: a revoked one expired when it was revoked, an extended
 * one expires later. A change of an object concerns the upload of one file that waits for a file with its key; that of
 * one of several files does not concern the others. The records themselves keep their first expiry, because one change
 * may concern any number of them.
 */
final class ChangedUploads implements OpenUploads {

    private final OpenUploads uploads;

    private final LinkChanges changes;

    ChangedUploads(OpenUploads uploads, LinkChanges changes) {
        this.uploads = uploads;
        this.changes = changes;
    }

    @Override
    public OpenUpload open(OpenUpload proposed) {
        return changed(uploads.open(proposed));
    }

    @Override
    public Optional<OpenUpload> find(UUID id) {
        return uploads.find(id).map(this::changed);
    }

    @Override
    public Optional<OpenUpload> findByPage(String pageId) {
        return uploads.findByPage(pageId).map(this::changed);
    }

    @Override
    public OpenUpload change(UUID id, UnaryOperator<OpenUpload> change) {
        return changed(uploads.change(id, recorded -> {
            OpenUpload current = changed(recorded);
            OpenUpload next = change.apply(current);
            return next.equals(current) ? recorded : next.withExpiresAt(recorded.expiresAt());
        }));
    }

    @Override
    public boolean isRevoked(OpenUpload upload) {
        return changesOf(upload).revocation() != null;
    }

    private OpenUpload changed(OpenUpload upload) {
        return upload.withExpiresAt(expiresAt(upload, changesOf(upload)));
    }

    private LinkChange changesOf(OpenUpload upload) {
        LinkChange ofRequest = changes.ofRequest(upload.source(), upload.requestId());
        LinkChange change = upload.terms().mostFiles() > 1 ? ofRequest : ofRequest.and(changeOfObject(upload));
        Recipient recipient = upload.recipient();
        return recipient == null
                ? change
                : change.and(changes.ofRecipient(upload.source(), recipient.address())
                        .concerning(upload.createdAt()));
    }

    private LinkChange changeOfObject(OpenUpload upload) {
        ObjectRef awaited = new ObjectRef(upload.bucket(), upload.awaitedKey(), null);
        return changes.ofObject(upload.source(), awaited).concerning(upload.createdAt());
    }

    private static Instant expiresAt(OpenUpload upload, LinkChange change) {
        Revocation revocation = change.revocation();
        if (revocation != null) {
            return earlier(upload.expiresAt(), revocation.at());
        }
        Instant longest = upload.createdAt().plus(DownloadAccess.LONGEST);
        return change.extendedUntil(DownloadAccess.LONGEST)
                .filter(extended -> extended.isAfter(upload.expiresAt()))
                .map(extended -> earlier(extended, longest))
                .orElse(upload.expiresAt());
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
