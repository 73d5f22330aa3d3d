package dev.attache.upload.multipart;

import dev.attache.contract.value.ObjectRef;
import dev.attache.contract.value.RejectionCode;
import dev.attache.ledger.OpenUpload;
import dev.attache.ledger.OpenUpload.Arrival;
import dev.attache.ledger.OpenUploads;
import dev.attache.ledger.UploadFile;
import dev.attache.ledger.UploadFile.MultipartUpload;
import dev.attache.storage.multipart.MultipartObjects;
import dev.attache.storage.multipart.MultipartObjects.Completion;
import dev.attache.storage.multipart.StoredPart;
import dev.attache.upload.Receipt;
import dev.attache.upload.UploadReceipts;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Completes multipart uploads. The tab states the checksum of all parts of its file together; S3 gets the parts as it
 * listed them, if they have that checksum, and refuses the completion if one was replaced since. So the object is the
 * tab's file byte for byte, also if another tab sent parts of another file to the same multipart upload.
 *
 * <p>The completion that S3 executes first creates the object. All others are refused, and their multipart uploads are
 * aborted. A completion can be repeated: if its answer was lost, the stored object shows whether it was executed.
 */
public final class MultipartCompletion {

    private static final Logger log = LoggerFactory.getLogger(MultipartCompletion.class);

    private final UploadReceipts receipts;

    private final Multiparts multiparts;

    private final MultipartObjects objects;

    public MultipartCompletion(UploadReceipts receipts, OpenUploads ledger, MultipartObjects objects) {
        this.receipts = receipts;
        this.multiparts = new Multiparts(ledger, objects);
        this.objects = objects;
    }

    /** What became of the file. */
    public sealed interface Result {

        /** The record of the upload afterwards. */
        OpenUpload upload();

        /** The file is recorded. */
        record Recorded(OpenUpload upload, Receipt receipt) implements Result {}

        /** Another file has the number. */
        record OtherArrived(OpenUpload upload, Receipt receipt) implements Result {}

        /** Parts are missing or were replaced, or the multipart upload was aborted: the tab starts again. */
        record PartsChanged(OpenUpload upload) implements Result {}

        /** The object has another size or type than the terms allow. */
        record Refused(OpenUpload upload, RejectionCode code) implements Result {}

        /** The upload has ended. */
        record Closed(OpenUpload upload) implements Result {}

        /** S3 has not decided yet: the tab repeats the completion. */
        record Undecided(OpenUpload upload) implements Result {}
    }

    /**
     * Completes, or finds out that it was completed before.
     *
     * @param number the file's number
     * @param checksum the composite SHA-256 of the tab's file: {@code <base64>-<number of parts>}
     */
    public Result complete(OpenUpload upload, int number, String uploadId, String checksum) {
        UploadFile file = upload.file(number).orElse(null);
        MultipartUpload multipart =
                file == null ? null : file.multipart(uploadId).orElse(null);
        if (file == null || multipart == null) {
            return file == null || file.arrival() == null
                    ? new Result.PartsChanged(upload)
                    : afterAbort(upload, file.arrival(), checksum);
        }
        Attempt attempt = new Attempt(upload, number, Multiparts.object(upload, file), multipart, checksum);
        if (file.arrival() != null) {
            return arrived(attempt, Receipt.of(upload));
        }
        if (upload.ended() || file.wasRefused()) {
            return new Result.Closed(multiparts.abort(upload, number, multipart));
        }
        Optional<List<StoredPart>> parts = objects.parts(attempt.object(), uploadId);
        if (parts.isEmpty()) {
            return afterwards(attempt, Completion.NO_SUCH_UPLOAD);
        }
        return completed(attempt, parts.get());
    }

    /** A completion that a tab asked for. */
    private record Attempt(
            OpenUpload upload, int number, ObjectRef object, MultipartUpload multipart, String checksum) {

        boolean hasAll(List<StoredPart> parts) {
            PartPlan plan = PartPlan.of(multipart);
            for (int i = 0; i < parts.size(); i++) {
                int part = i + 1;
                if (parts.get(i).number() != part
                        || !plan.has(part)
                        || parts.get(i).size() != plan.size(part)) {
                    return false;
                }
            }
            return parts.size() == plan.count();
        }
    }

    private Result completed(Attempt attempt, List<StoredPart> parts) {
        if (!attempt.hasAll(parts)) {
            // The tab can resume, and send the rest.
            return new Result.PartsChanged(attempt.upload());
        }
        Optional<String> stored = PartChecksums.composite(parts);
        if (stored.isEmpty()) {
            throw new IllegalStateException("The storage lists no SHA-256 of the parts of multipart uploads, so it"
                    + " cannot be used with them: set attache.uploads.multipart-threshold to 5GB");
        }
        if (!stored.get().equals(attempt.checksum())) {
            return mixed(attempt);
        }
        Completion completion = objects.complete(
                attempt.object(),
                attempt.multipart().uploadId(),
                attempt.multipart().contentLength(),
                parts);
        return completion == Completion.PARTS_CHANGED ? mixed(attempt) : afterwards(attempt, completion);
    }

    /** Another tab sends a file with the same beginning. Each gets a multipart upload of its own. */
    private Result mixed(Attempt attempt) {
        log.info(
                "Parts of another file were sent to a multipart upload of upload {}",
                attempt.upload().id());
        return new Result.PartsChanged(multiparts.abort(attempt.upload(), attempt.number(), attempt.multipart()));
    }

    /** Records the object that the number has after a completion, which may be that of another tab. */
    private Result afterwards(Attempt attempt, Completion completion) {
        return switch (receipts.arrived(attempt.upload(), attempt.number(), null)) {
            case UploadReceipts.Result.Recorded(OpenUpload upload, Receipt receipt) ->
                arrived(
                        new Attempt(
                                upload, attempt.number(), attempt.object(), attempt.multipart(), attempt.checksum()),
                        receipt);
            case UploadReceipts.Result.OtherArrived(OpenUpload upload, Receipt receipt) ->
                new Result.OtherArrived(multiparts.abort(upload, attempt.number(), attempt.multipart()), receipt);
            case UploadReceipts.Result.Refused(OpenUpload upload, RejectionCode code) ->
                new Result.Refused(upload, code);
            case UploadReceipts.Result.NotArrived(OpenUpload upload) ->
                completion == Completion.NO_SUCH_UPLOAD
                        ? new Result.PartsChanged(multiparts.remove(upload, attempt.number(), attempt.multipart()))
                        : new Result.Undecided(upload);
        };
    }

    /**
     * The multipart upload was aborted, because an object has the key: that of another tab with the same or another
     * file.
     */
    private Result afterAbort(OpenUpload upload, Arrival arrival, String checksum) {
        Optional<String> stored = objects.checksum(new ObjectRef(upload.bucket(), arrival.key(), arrival.versionId()));
        if (stored.isEmpty()) {
            return new Result.PartsChanged(upload);
        }
        return stored.get().equals(checksum)
                ? new Result.Recorded(upload, Receipt.of(upload))
                : new Result.OtherArrived(upload, Receipt.of(upload));
    }

    private Result arrived(Attempt attempt, Receipt receipt) {
        OpenUpload upload = attempt.upload();
        Arrival arrival = upload.file(attempt.number()).map(UploadFile::arrival).orElseThrow();
        if (!isOf(arrival, attempt)) {
            return new Result.OtherArrived(multiparts.abort(upload, attempt.number(), attempt.multipart()), receipt);
        }
        return new Result.Recorded(multiparts.abortOthers(upload, attempt.number(), attempt.multipart()), receipt);
    }

    /**
     * Whether the object is the tab's file. The checksum distinguishes two files that the browser describes equally.
     */
    private boolean isOf(Arrival arrival, Attempt attempt) {
        if (!attempt.multipart().fileId().equals(arrival.fileId())
                || arrival.contentLength() != attempt.multipart().contentLength()) {
            return false;
        }
        ObjectRef object =
                new ObjectRef(attempt.object().bucket(), attempt.object().key(), arrival.versionId());
        // Without a checksum, the object was deleted since, or sent by a single PUT.
        return objects.checksum(object).map(attempt.checksum()::equals).orElse(true);
    }
}
