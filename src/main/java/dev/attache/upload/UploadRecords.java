package dev.attache.upload;

import dev.attache.contract.UploadCompleted.Reason;
import dev.attache.ledger.DueUploads;
import dev.attache.ledger.OpenUpload;
import dev.attache.ledger.OpenUpload.Arrival;
import dev.attache.ledger.OpenUploads;
import dev.attache.ledger.UploadEnd.Completion;
import dev.attache.ledger.UploadFile;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * Changes the records of uploads. The arrival of the last file that a request allows also completes its upload, in the
 * same write. Before an end is written, a marker is added to the due index at the time of the end: whoever wrote it may
 * crash before the events about it are published, and the upload's first marker may be due days later.
 */
final class UploadRecords {

    private final OpenUploads ledger;

    private final DueUploads due;

    private final Clock clock;

    UploadRecords(OpenUploads ledger, DueUploads due, Clock clock) {
        this.ledger = ledger;
        this.due = due;
        this.clock = clock;
    }

    /**
     * A written change.
     *
     * @param upload the record
     * @param ended whether this change ended the upload, so that the caller has to publish the events about that
     */
    record Change(OpenUpload upload, boolean ended) {}

    /** @throws java.util.NoSuchElementException if there is no such record */
    Change change(UUID id, UnaryOperator<OpenUpload> change) {
        Instant now = clock.instant();
        boolean[] ended = new boolean[1];
        OpenUpload changed = ledger.change(id, before -> {
            OpenUpload after = completedIfFull(change.apply(before), now);
            Optional<Instant> end = endedAt(after);
            ended[0] = end.isPresent() && endedAt(before).isEmpty();
            if (ended[0]) {
                due.add(id, end.get());
            }
            return after;
        });
        return new Change(changed, ended[0]);
    }

    /** Records the arrival of an object, if it is accepted. */
    Change record(OpenUpload upload, Arrival arrival) {
        return change(upload.id(), before -> UploadArrivals.recorded(before, arrival));
    }

    /**
     * Adds a marker for a file that arrives so late that the upload's first marker may be gone: after its deadline, or
     * after its end. Without it, nobody would find the file if its notification is lost.
     */
    void markIfLate(OpenUpload upload) {
        Instant now = clock.instant();
        if (upload.ended() || !now.isBefore(upload.expiresAt())) {
            due.add(upload.id(), now);
        }
    }

    private static OpenUpload completedIfFull(OpenUpload upload, Instant now) {
        return upload.terms().statesFiles() && upload.full() && endedAt(upload).isEmpty()
                ? upload.withCompletion(completion(upload, Reason.MAX_FILES, now))
                : upload;
    }

    /** When the upload was completed or declined. */
    static Optional<Instant> endedAt(OpenUpload upload) {
        return upload.declined() != null
                ? Optional.of(upload.declined().at())
                : Optional.ofNullable(upload.completion()).map(Completion::at);
    }

    /** The end of an upload with the files that have arrived. */
    static Completion completion(OpenUpload upload, Reason reason, Instant at) {
        return new Completion(
                reason, at, upload.arrived().stream().map(UploadFile::number).toList(), null);
    }
}
