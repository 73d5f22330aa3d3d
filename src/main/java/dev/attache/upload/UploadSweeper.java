package dev.attache.upload;

import dev.attache.contract.EventCodec;
import dev.attache.contract.EventMessages;
import dev.attache.contract.UploadCompleted.Reason;
import dev.attache.contract.value.ObjectRef;
import dev.attache.ledger.DueUploads;
import dev.attache.ledger.DueUploads.Due;
import dev.attache.ledger.OpenUpload;
import dev.attache.ledger.OpenUploads;
import dev.attache.ledger.UploadFile;
import dev.attache.ledger.UploadFolders;
import dev.attache.storage.UploadKeys;
import dev.attache.sweep.DueSweep;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.messaging.Message;

/**
 * Settles the uploads whose marker in the due index is due: those that have expired, and those whose end was recorded
 * but possibly not announced. A recorded arrival or end that is not known to be announced is announced: the worker that
 * recorded it could not publish its events, or could not record that. A file in the upload's folder, whose notification
 * was lost, is recorded. An expired upload whose request states a number of files is completed with those that have
 * arrived. Without a file, {@code upload.expired} is published.
 *
 * <p>Any number of instances may sweep at the same time, and each may stop at any point: the marker is removed last,
 * and another instance that finds it publishes the same events with the same ids.
 *
 * <p>An upload that fails keeps its marker for a later round. Not safe for use by several threads.
 */
public final class UploadSweeper {

    private static final Logger log = LoggerFactory.getLogger(UploadSweeper.class);

    private final DueUploads due;

    private final OpenUploads ledger;

    private final UploadFolders folders;

    private final UploadCompletion completion;

    private final UploadAnnouncements announcements;

    private final UploadMarks marks;

    private final EventMessages outgoing;

    private final UploadEvents events;

    private final Publication publication;

    private final Duration grace;

    private final Clock clock;

    private final DueSweep<Due> rounds;

    /**
     * @param grace the time between the expiry of an upload and its settlement
     * @param limit the most uploads per round
     */
    UploadSweeper(
            DueUploads due,
            OpenUploads ledger,
            UploadFolders folders,
            UploadCompletion completion,
            UploadAnnouncements announcements,
            EventCodec codec,
            Publication publication,
            Duration grace,
            int limit,
            Clock clock) {
        this.due = due;
        this.ledger = ledger;
        this.folders = folders;
        this.completion = completion;
        this.announcements = announcements;
        this.marks = new UploadMarks(ledger, due);
        this.outgoing = new EventMessages(codec);
        this.events = new UploadEvents(clock);
        this.publication = publication;
        this.grace = grace;
        this.clock = clock;
        this.rounds =
                new DueSweep<>(due::until, due::untilAfter, this::settled, "expired uploads", grace, limit, 1, clock);
    }

    /**
     * Settles expired uploads, up to the limit of a round. The next call continues after them.
     *
     * @param stopping checked before each upload
     * @return whether more uploads may be due, so that the next round should follow without a pause
     */
    boolean sweep(BooleanSupplier stopping) {
        return rounds.sweep(stopping);
    }

    private boolean settled(Due entry) {
        try {
            Optional<OpenUpload> upload = ledger.find(entry.id());
            if (upload.isEmpty()) {
                log.warn("Upload {} has expired, but the ledger has no record of it", entry.id());
                due.remove(entry);
            } else if (isOpen(upload.get())) {
                announce(upload.get());
                moveToExpiry(entry, upload.get());
            } else {
                settle(upload.get());
                due.remove(entry);
            }
            return true;
        } catch (RuntimeException e) {
            log.warn("Expired upload {} could not be settled in this round: {}", entry.id(), e.toString());
            return false;
        }
    }

    /** It was extended, or an earlier end of it was not written: more files may come. */
    private boolean isOpen(OpenUpload upload) {
        return !upload.ended() && upload.expiresAt().isAfter(clock.instant().minus(grace));
    }

    private void moveToExpiry(Due entry, OpenUpload upload) {
        due.add(upload.id(), upload.expiresAt());
        if (!minute(entry.minute()).equals(minute(upload.expiresAt()))) {
            due.remove(entry);
        }
    }

    private static Instant minute(Instant time) {
        return time.truncatedTo(ChronoUnit.MINUTES);
    }

    private void settle(OpenUpload upload) {
        completion.abortMultiparts(upload);
        OpenUpload current = upload;
        if (mayHaveMore(upload)) {
            for (ObjectRef object : objects(upload)) {
                if (!current.full()) {
                    current = completed(current, object);
                }
            }
        }
        current = completedAtDeadline(current);
        if (!current.ended()) {
            publish(outgoing.message(events.expired(current)));
        }
        announce(current);
    }

    /** Objects that are recorded are not read again: upstream may have downloaded and deleted them. */
    private static boolean mayHaveMore(OpenUpload upload) {
        return !upload.full()
                && (upload.completion() == null || upload.files().stream().anyMatch(UploadFile::open));
    }

    /** As with S3's notifications, the first files that conform to the terms are the upload's files. */
    private List<ObjectRef> objects(OpenUpload upload) {
        String folder = UploadKeys.PREFIX + upload.source() + "/" + upload.id() + "/";
        return folders.keys(upload.bucket(), folder).stream()
                .filter(key -> UploadKeys.uploadId(key).isPresent())
                .filter(key -> upload.fileAt(key).map(UploadFile::arrival).isEmpty())
                .map(key -> new ObjectRef(upload.bucket(), key, null))
                .toList();
    }

    private OpenUpload completed(OpenUpload upload, ObjectRef object) {
        UploadCompletion.Outcome outcome = completion.complete(upload, object);
        if (outcome instanceof UploadCompletion.Outcome.Refused refused) {
            publish(refused.message());
        }
        return outcome.upload();
    }

    private OpenUpload completedAtDeadline(OpenUpload upload) {
        if (!upload.terms().statesFiles() || upload.ended() || upload.arrived().isEmpty()) {
            return upload;
        }
        Instant now = clock.instant();
        return ledger.change(
                upload.id(),
                before -> before.ended()
                        ? before
                        : before.withCompletion(UploadRecords.completion(before, Reason.DEADLINE, now)));
    }

    private void announce(OpenUpload upload) {
        announcements.pending(upload).forEach(this::publish);
        marks.allPublished(upload);
    }

    private void publish(Message<byte[]> message) {
        publication.publish(EventMessages.binding(message), message);
    }
}
