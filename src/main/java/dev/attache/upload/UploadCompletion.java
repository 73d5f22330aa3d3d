package dev.attache.upload;

import dev.attache.contract.EventCodec;
import dev.attache.contract.EventMessages;
import dev.attache.contract.value.ObjectRef;
import dev.attache.contract.value.RejectedException;
import dev.attache.ledger.DueUploads;
import dev.attache.ledger.OpenUpload;
import dev.attache.ledger.OpenUploads;
import dev.attache.storage.ObjectCatalog;
import dev.attache.storage.StoredObject;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.messaging.Message;

/**
 * Checks an object in the folder of an upload, and records it as one of the upload's files.
 *
 * <p>The arrival is recorded before anything is published, so that all workers agree on one of several files or
 * versions. The record and the upload's marker in the due index show what was published, see {@link UploadMarks}. Until
 * then every notification of the same object, and every sweep that finds the marker, creates the same events again with
 * the same ids. So a crash after recording loses nothing. The events of each version of an object have their own ids.
 * An older version whose notification arrives after that of a newer one is ignored.
 */
public final class UploadCompletion {

    private static final Logger log = LoggerFactory.getLogger(UploadCompletion.class);

    private final ObjectCatalog catalog;

    private final UploadRecords records;

    private final AbandonedMultiparts multiparts;

    private final EventMessages outgoing;

    private final UploadEvents events;

    public UploadCompletion(
            EventCodec codec,
            ObjectCatalog catalog,
            OpenUploads ledger,
            DueUploads due,
            AbandonedMultiparts multiparts,
            Clock clock) {
        this.catalog = catalog;
        this.multiparts = multiparts;
        this.records = new UploadRecords(ledger, due, clock);
        this.outgoing = new EventMessages(codec);
        this.events = new UploadEvents(clock);
    }

    /** What became of an object. */
    public sealed interface Outcome {

        /** The record of the upload afterwards. */
        OpenUpload upload();

        /**
         * The object is one of the upload's files.
         *
         * @param ended whether its arrival completed the upload
         */
        record Arrived(OpenUpload upload, boolean ended) implements Outcome {}

        /**
         * The object has another size or type than the terms allow. The upload stays open for the next file.
         *
         * @param message the {@code request.rejected} to publish
         */
        record Refused(OpenUpload upload, Message<byte[]> message) implements Outcome {}

        /** A later version is recorded, or as many other files as the request allows. */
        record Superseded(OpenUpload upload) implements Outcome {}
    }

    /**
     * Checks and records an object that S3 has reported.
     *
     * @param sequencer the sequencer of S3's notification; null if it has none
     * @throws RejectedException {@code OBJECT_NOT_FOUND}
     */
    public Outcome complete(OpenUpload upload, ObjectRef object, @Nullable String sequencer) {
        StoredObject stored = catalog.findFresh(object);
        if (upload.terms().statesFiles()) {
            // The notification is acknowledged before the mail of all files is sent.
            records.markIfLate(upload);
        }
        return complete(upload, stored, sequencer);
    }

    /**
     * Checks and records an object that was found without a notification, while the upload has a marker.
     *
     * @throws RejectedException {@code OBJECT_NOT_FOUND}
     */
    Outcome complete(OpenUpload upload, ObjectRef object) {
        return complete(upload, catalog.findFresh(object), null);
    }

    private Outcome complete(OpenUpload upload, StoredObject stored, @Nullable String sequencer) {
        try {
            UploadArrivals.check(upload.terms(), stored);
        } catch (RejectedException mismatch) {
            UploadRecords.Change change = records.change(upload.id(), before -> UploadArrivals.refused(before, stored));
            String key = stored.object().key();
            return new Outcome.Refused(
                    change.upload(), outgoing.message(events.rejected(upload, key, stored.eTag(), mismatch)));
        }
        OpenUpload.Arrival arrival = UploadArrivals.of(stored, sequencer);
        UploadRecords.Change change = records.record(upload, arrival);
        if (!UploadArrivals.isRecorded(change.upload(), arrival)) {
            log.warn("{} is not a file that is recorded for its upload; no event is published", stored.object());
            return new Outcome.Superseded(change.upload());
        }
        multiparts.abort(change.upload(), arrival.key());
        return new Outcome.Arrived(change.upload(), change.ended());
    }

    /** Aborts the multipart uploads of an upload for which no link is valid any more. */
    void abortMultiparts(OpenUpload upload) {
        multiparts.abort(upload);
    }

    /** Whether S3 replicated the object from another bucket; false if it cannot be read, such as after its deletion. */
    public boolean isReplica(ObjectRef object) {
        try {
            return catalog.findFresh(object).replica();
        } catch (RejectedException unreadable) {
            return false;
        }
    }
}
