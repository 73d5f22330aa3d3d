package dev.attache.upload;

import dev.attache.contract.EventCodec;
import dev.attache.contract.EventMessages;
import dev.attache.contract.value.Addresses;
import dev.attache.contract.value.ObjectRef;
import dev.attache.contract.value.RejectedException;
import dev.attache.contract.value.RejectionCode;
import dev.attache.issuing.DownloadIssuer;
import dev.attache.issuing.DownloadOffer;
import dev.attache.issuing.DownloadTerms;
import dev.attache.ledger.OpenUpload;
import dev.attache.ledger.OpenUploads;
import dev.attache.link.DownloadFile;
import dev.attache.source.SourcePolicies;
import dev.attache.source.SourcePolicy;
import dev.attache.storage.Availability;
import dev.attache.storage.ObjectCatalog;
import dev.attache.storage.StoredObject;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.messaging.Message;

/**
 * Completes an upload with an object in its folder: compares the object with the upload's terms, records it, and
 * returns the events to publish.
 *
 * <p>The arrival is recorded before anything is published, so that all workers agree on one of several files or
 * versions. The record does not show that the events were published. The upload's marker in the due index does: it is
 * removed after all events are published. Until then every notification of the same object, and every sweep that finds
 * the marker, creates the same events again with the same ids. So a crash after recording loses nothing. The events of
 * each version of an object have their own ids. An older version whose notification arrives after that of a newer one
 * is ignored.
 */
public final class UploadCompletion {

    private static final Logger log = LoggerFactory.getLogger(UploadCompletion.class);

    /** Reasons why no link can ever be signed for a file. Other errors are thrown, and the message is retried. */
    private static final Set<RejectionCode> FINAL = Set.of(
            RejectionCode.OBJECT_ARCHIVED,
            RejectionCode.OBJECT_CUSTOMER_ENCRYPTED,
            RejectionCode.OBJECT_EXPIRES_TOO_SOON);

    private final SourcePolicies policies;

    private final ObjectCatalog catalog;

    private final DownloadIssuer issuer;

    private final OpenUploads ledger;

    private final EventMessages outgoing;

    private final UploadEvents events;

    public UploadCompletion(
            EventCodec codec,
            SourcePolicies policies,
            ObjectCatalog catalog,
            DownloadIssuer issuer,
            OpenUploads ledger,
            Clock clock) {
        this.policies = policies;
        this.catalog = catalog;
        this.issuer = issuer;
        this.ledger = ledger;
        this.outgoing = new EventMessages(codec);
        this.events = new UploadEvents(clock);
    }

    /** The result of completing an upload, and the messages to publish. */
    public sealed interface Outcome {

        List<Message<byte[]>> messages();

        /** The object is the upload's file. */
        record Arrived(List<Message<byte[]>> messages) implements Outcome {}

        /** The object has another size or type than the terms allow. The upload stays open for the next file. */
        record Refused(List<Message<byte[]>> messages) implements Outcome {}

        /**
         * Another file, or a later version, is recorded as the upload's file.
         *
         * @param recorded the arrival of that file
         */
        record Superseded(OpenUpload upload, OpenUpload.Arrival recorded) implements Outcome {

            @Override
            public List<Message<byte[]>> messages() {
                return List.of();
            }
        }
    }

    /**
     * Checks and records an object.
     *
     * @param sequencer the sequencer of S3's notification; null without a notification
     * @throws RejectedException {@code OBJECT_NOT_FOUND}
     */
    public Outcome complete(OpenUpload upload, ObjectRef object, @Nullable String sequencer) {
        StoredObject stored = catalog.findFresh(object);
        try {
            UploadArrivals.check(upload.terms(), stored);
        } catch (RejectedException mismatch) {
            ledger.change(upload.id(), before -> UploadArrivals.refused(before, stored));
            String key = stored.object().key();
            return new Outcome.Refused(
                    List.of(outgoing.message(events.rejected(upload, key, stored.eTag(), mismatch))));
        }
        OpenUpload.Arrival arrival = UploadArrivals.of(stored, sequencer);
        OpenUpload changed = ledger.change(
                upload.id(),
                before -> UploadArrivals.supersedes(arrival, before.arrival()) ? before.withArrival(arrival) : before);
        OpenUpload.Arrival recorded = Objects.requireNonNull(changed.arrival(), "any arrival supersedes none");
        if (!UploadArrivals.same(arrival, recorded)) {
            log.warn("{} is not the file that is recorded for its upload; no event is published", object);
            return new Outcome.Superseded(changed, recorded);
        }
        return new Outcome.Arrived(announce(changed, arrival));
    }

    /** Whether S3 replicated the object from another bucket; false if it cannot be read, such as after its deletion. */
    public boolean isReplica(ObjectRef object) {
        try {
            return catalog.findFresh(object).replica();
        } catch (RejectedException unreadable) {
            return false;
        }
    }

    /** The messages about a recorded arrival. Their ids are the same at each call. */
    public List<Message<byte[]>> announce(OpenUpload upload, OpenUpload.Arrival arrival) {
        String fileName = UploadArrivals.fileName(upload, arrival);
        List<Message<byte[]>> messages = new ArrayList<>();
        messages.add(outgoing.message(events.uploaded(upload, arrival, fileName)));
        if (!upload.toNotify().isEmpty()) {
            messages.addAll(notifications(upload, arrival, fileName));
        }
        return messages;
    }

    private List<Message<byte[]>> notifications(OpenUpload upload, OpenUpload.Arrival arrival, String fileName) {
        SourcePolicy policy = policies.require(upload.source());
        DownloadOffer offer;
        try {
            offer = offer(policy, upload, arrival, fileName);
        } catch (RejectedException unreadable) {
            if (!FINAL.contains(unreadable.code())) {
                throw unreadable;
            }
            // attachment.uploaded is published nevertheless; request.rejected states why no mail is sent.
            return List.of(outgoing.message(events.rejected(upload, arrival.key(), arrival.eTag(), unreadable)));
        }
        return Addresses.eachOnce(upload.toNotify()).stream()
                .map(recipient -> outgoing.messageTo(
                        EventMessages.DELIVERIES, events.notification(upload, arrival, recipient, offer)))
                .toList();
    }

    private DownloadOffer offer(SourcePolicy policy, OpenUpload upload, OpenUpload.Arrival arrival, String fileName) {
        ObjectRef object = new ObjectRef(upload.bucket(), arrival.key(), arrival.versionId());
        StoredObject stored = new StoredObject(
                object,
                arrival.contentLength(),
                arrival.contentType(),
                arrival.eTag(),
                arrival.uploadedAt(),
                availability(object));
        DownloadFile file = new DownloadFile(object, stored, fileName, null);
        return issuer.offer(DownloadTerms.of(policy, null, null), List.of(file), null);
    }

    /** A file that was deleted in the meantime is announced as before, with the same ids. */
    private Availability availability(ObjectRef object) {
        try {
            return catalog.find(object).availability();
        } catch (RejectedException e) {
            if (e.code() != RejectionCode.OBJECT_NOT_FOUND) {
                throw e;
            }
            return Availability.UNLIMITED;
        }
    }
}
