package dev.attache.upload;

import dev.attache.ledger.DueUploads;
import dev.attache.ledger.DueUploads.Due;
import dev.attache.ledger.OpenUpload;
import dev.attache.ledger.OpenUploads;
import dev.attache.ledger.UploadFile;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records that the events about an upload were published. Until then, a sweep publishes them.
 *
 * <p>The marker of an upload of one file is removed after its events are published. In an upload whose request states a
 * number of files, each file and the end have a mark of their own in the record, because some may be published and
 * others not. Its marker is removed when all are published and no link is left that could bring another file.
 */
public final class UploadMarks {

    private static final Logger log = LoggerFactory.getLogger(UploadMarks.class);

    private final OpenUploads ledger;

    private final DueUploads due;

    public UploadMarks(OpenUploads ledger, DueUploads due) {
        this.ledger = ledger;
        this.due = due;
    }

    /** The messages about the file with this key were published. If that cannot be recorded, they are repeated. */
    public void filePublished(OpenUpload upload, String key) {
        recorded(upload, () -> {
            if (upload.terms().statesFiles()) {
                removeIfSettled(ledger.change(upload.id(), before -> withFile(before, upload, key)));
            } else if (upload.declined() == null) {
                due.remove(new Due(upload.expiresAt(), upload.id()));
            }
        });
    }

    /** The messages about this file, and those about the end that its arrival brought, were published. */
    public void fileAndEndPublished(OpenUpload upload, String key) {
        recorded(upload, () -> {
            OpenUpload changed = ledger.change(upload.id(), before -> withEnd(withFile(before, upload, key), upload));
            removeIfSettled(changed);
            removeMarkerOfEnd(changed);
        });
    }

    private static void recorded(OpenUpload upload, Runnable record) {
        try {
            record.run();
        } catch (RuntimeException e) {
            log.warn(
                    "Upload {} was announced, but that could not be recorded: it will be announced again, with the"
                            + " same ids, when it expires. {}",
                    upload.id(),
                    e.toString());
        }
    }

    /** The messages about the end of the upload were published. */
    void endPublished(OpenUpload upload) {
        OpenUpload changed = ledger.change(upload.id(), before -> withEnd(before, upload));
        removeIfSettled(changed);
        removeMarkerOfEnd(changed);
    }

    /** All pending messages about the upload, as it is here, were published. */
    void allPublished(OpenUpload upload) {
        if (upload.terms().statesFiles() || upload.declined() != null) {
            OpenUpload changed = ledger.change(upload.id(), before -> {
                OpenUpload marked = withEnd(before, upload);
                for (UploadFile file : upload.arrived()) {
                    marked = withFile(marked, upload, file.key());
                }
                return marked;
            });
            removeIfSettled(changed);
            removeMarkerOfEnd(changed);
        }
    }

    /** Unless another version of the file has arrived since. */
    private static OpenUpload withFile(OpenUpload recorded, OpenUpload published, String key) {
        Optional<UploadFile> file = recorded.fileAt(key);
        return recorded.terms().statesFiles()
                        && file.isPresent()
                        && Objects.equals(
                                file.get().arrival(),
                                published.fileAt(key).map(UploadFile::arrival).orElse(null))
                ? recorded.withFile(file.get().asAnnounced())
                : recorded;
    }

    private static OpenUpload withEnd(OpenUpload recorded, OpenUpload published) {
        OpenUpload changed = recorded;
        if (published.completion() != null && recorded.completion() != null) {
            changed = changed.withCompletion(recorded.completion().asAnnounced());
        }
        if (published.declined() != null && recorded.declined() != null) {
            changed = changed.withDecline(recorded.declined().asAnnounced());
        }
        return changed;
    }

    /** A person who declined may still send a file with a link that was signed before, so that marker stays. */
    private void removeIfSettled(OpenUpload upload) {
        if (isSettled(upload)) {
            due.remove(new Due(upload.expiresAt(), upload.id()));
        }
    }

    private static boolean isSettled(OpenUpload upload) {
        return upload.completion() != null
                && upload.completion().wasAnnounced()
                && upload.files().stream()
                        .allMatch(file -> file.wasRefused() || (file.arrival() != null && file.wasAnnounced()));
    }

    /** The two markers are one if the upload ended in its last minute. */
    private void removeMarkerOfEnd(OpenUpload upload) {
        Optional<Instant> end = UploadRecords.endedAt(upload);
        if (end.isPresent() && !minute(end.get()).equals(minute(upload.expiresAt()))) {
            due.remove(new Due(end.get(), upload.id()));
        }
    }

    private static Instant minute(Instant time) {
        return time.truncatedTo(ChronoUnit.MINUTES);
    }
}
