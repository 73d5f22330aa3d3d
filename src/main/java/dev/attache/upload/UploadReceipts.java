package dev.attache.upload;

import dev.attache.contract.value.ObjectRef;
import dev.attache.contract.value.RejectedException;
import dev.attache.contract.value.RejectionCode;
import dev.attache.ledger.DueUploads;
import dev.attache.ledger.OpenUpload;
import dev.attache.ledger.OpenUploads;
import dev.attache.ledger.UploadFile;
import dev.attache.storage.ObjectCatalog;
import dev.attache.storage.StoredObject;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tells a person what has arrived. It looks the object up in S3 and records its arrival, so that nobody is told about a
 * file that is not recorded, and nobody waits for S3's notification. {@code attachment.uploaded} is published by the
 * notification, or by the sweeper.
 */
public final class UploadReceipts {

    private final ObjectCatalog catalog;

    private final UploadRecords records;

    private final UploadEndAnnouncer announcer;

    UploadReceipts(
            ObjectCatalog catalog, OpenUploads ledger, DueUploads due, UploadEndAnnouncer announcer, Clock clock) {
        this.catalog = catalog;
        this.records = new UploadRecords(ledger, due, clock);
        this.announcer = announcer;
    }

    /** Whether a file has arrived. */
    public sealed interface Result {

        /** The record of the upload afterwards. */
        OpenUpload upload();

        /** The file is recorded. */
        record Recorded(OpenUpload upload, Receipt receipt) implements Result {}

        /** No object has the file's key yet, or S3 does not let this worker see it. */
        record NotArrived(OpenUpload upload) implements Result {}

        /** Another file has the number, or all other files that the request allows have arrived. */
        record OtherArrived(OpenUpload upload, Receipt receipt) implements Result {}

        /** The object has another size or type than the terms allow. Its number accepts no other file. */
        record Refused(OpenUpload upload, RejectionCode code) implements Result {}
    }

    /**
     * Records the arrival of a file of an upload.
     *
     * @param number the file's number
     * @param chosen the file that the person sent; null if unknown, then any file with the number is reported
     */
    public Result arrived(OpenUpload upload, int number, @Nullable ChosenFile chosen) {
        Optional<UploadFile> file = upload.file(number);
        if (file.isEmpty()) {
            return new Result.NotArrived(upload);
        }
        String key = file.get().key();
        if (file.get().arrival() != null) {
            return recorded(upload, key, chosen);
        }
        Optional<StoredObject> stored = find(new ObjectRef(upload.bucket(), key, null));
        return stored.isEmpty() ? new Result.NotArrived(upload) : record(upload, stored.get(), chosen);
    }

    private Result record(OpenUpload upload, StoredObject stored, @Nullable ChosenFile chosen) {
        records.markIfLate(upload);
        try {
            UploadArrivals.check(upload.terms(), stored);
        } catch (RejectedException mismatch) {
            OpenUpload changed = records.change(upload.id(), before -> UploadArrivals.refused(before, stored))
                    .upload();
            return new Result.Refused(changed, mismatch.code());
        }
        UploadRecords.Change change = records.record(upload, UploadArrivals.of(stored, null));
        if (change.ended()) {
            announcer.announceSoon(change.upload());
        }
        return recorded(change.upload(), stored.object().key(), chosen);
    }

    private static Result recorded(OpenUpload upload, String key, @Nullable ChosenFile chosen) {
        Receipt receipt = Receipt.of(upload);
        OpenUpload.Arrival arrival = upload.fileAt(key).map(UploadFile::arrival).orElse(null);
        return arrival != null && (chosen == null || chosen.is(arrival, upload))
                ? new Result.Recorded(upload, receipt)
                : new Result.OtherArrived(upload, receipt);
    }

    /** Records all files that are stored, and for which links were signed. */
    OpenUpload arrived(OpenUpload upload) {
        OpenUpload current = upload;
        for (UploadFile file : upload.files()) {
            if (file.open()) {
                current = arrived(current, file.number(), null).upload();
            }
        }
        return current;
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
}
