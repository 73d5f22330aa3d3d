package dev.attache.upload;

import dev.attache.contract.UploadCompleted.Reason;
import dev.attache.encoding.InvisibleCharacters;
import dev.attache.encoding.WholeCharacters;
import dev.attache.ledger.DueUploads;
import dev.attache.ledger.OpenUpload;
import dev.attache.ledger.OpenUploads;
import dev.attache.ledger.UploadEnd.Decline;
import java.time.Clock;
import java.time.Instant;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Ends an upload because its person says so. The end is recorded before it is announced. Ending an upload again changes
 * nothing, and returns how it ended.
 */
public final class UploadEnding {

    /** Characters, as in the schema of {@code upload.declined}. */
    public static final int LONGEST_REASON = 500;

    private final UploadRecords records;

    private final UploadReceipts receipts;

    private final UploadEndAnnouncer announcer;

    private final Clock clock;

    UploadEnding(
            OpenUploads ledger, DueUploads due, UploadReceipts receipts, UploadEndAnnouncer announcer, Clock clock) {
        this.records = new UploadRecords(ledger, due, clock);
        this.receipts = receipts;
        this.announcer = announcer;
        this.clock = clock;
    }

    /** How an upload ended, or why it did not. */
    public sealed interface Result {

        /** The record of the upload afterwards. */
        OpenUpload upload();

        /** No further file is expected. */
        record Completed(OpenUpload upload, Receipt receipt) implements Result {}

        /** The person cannot provide the file. */
        record Declined(OpenUpload upload) implements Result {}

        /** It cannot be completed, because no file has arrived. */
        record NothingArrived(OpenUpload upload) implements Result {}

        /** It cannot be declined, because files have arrived: it can be completed. */
        record FilesArrived(OpenUpload upload, Receipt receipt) implements Result {}

        /** Its time is over, or its source has revoked it. */
        record Expired(OpenUpload upload) implements Result {}
    }

    /**
     * Completes an upload with the files that have arrived. Stored files whose notification is late are among them.
     *
     * @throws java.util.NoSuchElementException if there is no such upload
     */
    public Result complete(OpenUpload upload) {
        OpenUpload current = receipts.arrived(upload);
        if (!current.ended() && !isExpired(current)) {
            Instant now = clock.instant();
            current = ended(
                    current,
                    before -> before.ended() || before.arrived().isEmpty()
                            ? before
                            : before.withCompletion(UploadRecords.completion(before, Reason.PERSON, now)));
        }
        if (current.declined() != null) {
            return new Result.Declined(current);
        }
        if (current.ended()) {
            return new Result.Completed(current, Receipt.of(current));
        }
        return isExpired(current) ? new Result.Expired(current) : new Result.NothingArrived(current);
    }

    /**
     * Declines an upload for which no file has arrived.
     *
     * @param reason the person's own words; null if they gave none
     * @throws java.util.NoSuchElementException if there is no such upload
     */
    public Result decline(OpenUpload upload, @Nullable String reason) {
        OpenUpload current = receipts.arrived(upload);
        if (!current.ended() && !isExpired(current)) {
            Decline decline = new Decline(reasonOf(reason), clock.instant(), null);
            current = ended(
                    current,
                    before -> before.ended() || !before.arrived().isEmpty() ? before : before.withDecline(decline));
        }
        if (current.declined() != null) {
            return new Result.Declined(current);
        }
        if (current.ended()) {
            return new Result.Completed(current, Receipt.of(current));
        }
        return current.arrived().isEmpty()
                ? new Result.Expired(current)
                : new Result.FilesArrived(current, Receipt.of(current));
    }

    /**
     * A reason that the event can contain: without invisible characters but line ends, and not longer than its limit.
     */
    private static @Nullable String reasonOf(@Nullable String typed) {
        String text = typed == null
                ? ""
                : typed.replaceAll("\\R", "\n")
                        .lines()
                        .map(InvisibleCharacters::removedFrom)
                        .collect(Collectors.joining("\n"))
                        .strip();
        return text.isEmpty() ? null : WholeCharacters.start(text, LONGEST_REASON);
    }

    private OpenUpload ended(OpenUpload upload, UnaryOperator<OpenUpload> end) {
        UploadRecords.Change change = records.change(upload.id(), end);
        if (change.ended()) {
            announcer.announceSoon(change.upload());
        }
        return change.upload();
    }

    private boolean isExpired(OpenUpload upload) {
        return !clock.instant().isBefore(upload.expiresAt());
    }
}
