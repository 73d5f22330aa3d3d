package dev.attache.upload;

import dev.attache.contract.EventMessages;
import dev.attache.ledger.OpenUpload;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes the events about an end that a request to the page recorded, without delaying the answer. What fails is
 * left to a sweep, which finds the marker of the end.
 */
final class UploadEndAnnouncer {

    private static final Logger log = LoggerFactory.getLogger(UploadEndAnnouncer.class);

    private final UploadAnnouncements announcements;

    private final UploadMarks marks;

    private final Publication publication;

    private final Executor background;

    /** @param background may reject a task, which is then left to a sweep */
    UploadEndAnnouncer(
            UploadAnnouncements announcements, UploadMarks marks, Publication publication, Executor background) {
        this.announcements = announcements;
        this.marks = marks;
        this.publication = publication;
        this.background = background;
    }

    /** Never throws. */
    void announceSoon(OpenUpload upload) {
        try {
            background.execute(() -> announce(upload));
        } catch (RejectedExecutionException busy) {
            log.debug("The end of upload {} is left to a sweep", upload.id());
        }
    }

    private void announce(OpenUpload upload) {
        try {
            announcements
                    .ofEnd(upload)
                    .forEach(message -> publication.publish(EventMessages.binding(message), message));
            marks.endPublished(upload);
        } catch (RuntimeException e) {
            log.warn(
                    "The end of upload {} could not be announced yet; a sweep repeats it: {}",
                    upload.id(),
                    e.toString());
        }
    }
}
