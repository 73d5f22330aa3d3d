package dev.attache.upload;

import dev.attache.contract.AttachmentUploaded;
import dev.attache.contract.CloudEvent;
import dev.attache.contract.EventCodec;
import dev.attache.contract.EventMessages;
import dev.attache.contract.EventType;
import dev.attache.contract.LinkIssued;
import dev.attache.contract.RequestRejected;
import dev.attache.contract.value.Addresses;
import dev.attache.contract.value.Link;
import dev.attache.contract.value.ObjectRef;
import dev.attache.contract.value.Recipient;
import dev.attache.contract.value.RejectedException;
import dev.attache.contract.value.RejectionCode;
import dev.attache.ledger.OpenUpload;
import dev.attache.ledger.OpenUploads;
import dev.attache.link.DownloadLinks;
import dev.attache.source.SourcePolicies;
import dev.attache.source.SourcePolicy;
import dev.attache.storage.Availability;
import dev.attache.storage.ObjectCatalog;
import dev.attache.storage.StoredObject;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.messaging.Message;

/**
 * Completes an upload with an object in its folder: holds it against what was asked for, records it, and says what
 * there is to publish.
 *
 * <p>The arrival is recorded before anything is published, so that of several files and versions all workers agree on
 * one. The record is therefore no mark that the event has left; the upload's marker in the due index is, which goes
 * only once all has been published. Each time S3 tells of the same object, and when a sweep finds the marker, the same
 * events are made again, with the same ids, and a crash between record and publication loses nothing. "Once" means once
 * by id, for each version of the object; an older version whose notification comes after a newer one's is passed over.
 */
public final class UploadCompletion {

    private static final Logger log = LoggerFactory.getLogger(UploadCompletion.class);

    /**
     * Why no link can be made of a file, now or later. Anything else may pass, and is thrown: the message is tried
     * again.
     */
    private static final Set<RejectionCode> FINAL = Set.of(
            RejectionCode.OBJECT_ARCHIVED,
            RejectionCode.OBJECT_CUSTOMER_ENCRYPTED,
            RejectionCode.OBJECT_EXPIRES_TOO_SOON);

    private final SourcePolicies policies;

    private final ObjectCatalog catalog;

    private final DownloadLinks downloads;

    private final OpenUploads ledger;

    private final EventMessages outgoing;

    private final Clock clock;

    public UploadCompletion(
            EventCodec codec,
            SourcePolicies policies,
            ObjectCatalog catalog,
            DownloadLinks downloads,
            OpenUploads ledger,
            Clock clock) {
        this.policies = policies;
        this.catalog = catalog;
        this.downloads = downloads;
        this.ledger = ledger;
        this.outgoing = new EventMessages(codec);
        this.clock = clock;
    }

    /** What became of it, with the messages that follow. */
    public sealed interface Outcome {

        List<Message<byte[]>> messages();

        /** It is the upload's file. */
        record Arrived(List<Message<byte[]>> messages) implements Outcome {}

        /** It is of another size or type than agreed; the upload stays open, and waits for the next file. */
        record Refused(List<Message<byte[]>> messages) implements Outcome {}

        /**
         * Another file, or a later version, is the upload's.
         *
         * @param known the upload, with that one as its arrival
         */
        record PassedOver(OpenUpload known) implements Outcome {

            @Override
            public List<Message<byte[]>> messages() {
                return List.of();
            }
        }
    }

    /**
     * @param sequencer S3's, where its notification told of the object
     * @throws RejectedException {@code OBJECT_NOT_FOUND}
     */
    public Outcome complete(OpenUpload upload, ObjectRef object, @Nullable String sequencer) {
        StoredObject stored = catalog.findFresh(object);
        try {
            UploadArrivals.check(upload.terms(), stored);
        } catch (RejectedException mismatch) {
            ledger.change(upload.id(), before -> UploadArrivals.refused(before, stored));
            return new Outcome.Refused(
                    List.of(outgoing.message(rejected(upload, stored.object().key(), stored.eTag(), mismatch))));
        }
        OpenUpload.Arrival arrival = UploadArrivals.of(stored, sequencer);
        OpenUpload known = ledger.change(
                upload.id(),
                before -> UploadArrivals.supersedes(arrival, before.arrival()) ? before.withArrival(arrival) : before);
        if (!UploadArrivals.same(arrival, known.arrival())) {
            log.warn("{} is not the file that was recorded as arrived; no event follows", object);
            return new Outcome.PassedOver(known);
        }
        return new Outcome.Arrived(announce(known, arrival));
    }

    /** Whether S3 has copied the object here from another bucket; not of one that is gone. */
    public boolean isReplica(ObjectRef object) {
        try {
            return catalog.findFresh(object).replica();
        } catch (RejectedException unreadable) {
            return false;
        }
    }

    /** What is to be published of an arrival that is recorded, the first time and every other. */
    public List<Message<byte[]>> announce(OpenUpload upload, OpenUpload.Arrival arrival) {
        List<Message<byte[]>> messages = new ArrayList<>();
        String fileName = UploadArrivals.fileName(upload, arrival);
        messages.add(outgoing.message(uploaded(upload, arrival, fileName)));
        if (!upload.toNotify().isEmpty()) {
            SourcePolicy policy = policies.require(upload.source());
            Link link;
            try {
                link = link(policy, upload, arrival, fileName);
            } catch (RejectedException unreadable) {
                if (!FINAL.contains(unreadable.code())) {
                    throw unreadable;
                }
                // The file has arrived all the same; upstream hears that nobody was told of it, and why.
                messages.add(outgoing.message(rejected(upload, arrival.key(), arrival.eTag(), unreadable)));
                return messages;
            }
            for (Recipient recipient : Addresses.eachOnce(upload.toNotify())) {
                messages.add(
                        outgoing.messageTo(EventMessages.DELIVERIES, notification(upload, arrival, recipient, link)));
            }
        }
        return messages;
    }

    private Link link(SourcePolicy policy, OpenUpload upload, OpenUpload.Arrival arrival, String fileName) {
        ObjectRef object = new ObjectRef(upload.bucket(), arrival.key(), arrival.versionId());
        StoredObject stored = new StoredObject(
                object,
                arrival.contentLength(),
                arrival.contentType(),
                arrival.eTag(),
                arrival.uploadedAt(),
                availability(object));
        return downloads.link(policy, object, stored, fileName, null, policy.lifetime(null));
    }

    /** What has been fetched and deleted since is told of as before, with the same event ids. */
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

    private CloudEvent<AttachmentUploaded> uploaded(OpenUpload upload, OpenUpload.Arrival arrival, String fileName) {
        AttachmentUploaded uploaded = new AttachmentUploaded(
                upload.requestId(),
                upload.bucket(),
                arrival.key(),
                arrival.versionId(),
                arrival.eTag(),
                arrival.contentLength(),
                arrival.contentType(),
                fileName,
                arrival.uploadedAt());
        return upload.cause()
                .follow(EventType.ATTACHMENT_UPLOADED, clock.instant(), uploaded, arrival.key(), version(arrival));
    }

    private CloudEvent<LinkIssued> notification(
            OpenUpload upload, OpenUpload.Arrival arrival, Recipient recipient, Link link) {
        String toRecipient = EventType.LINK_ISSUED.name() + " " + recipient.address();
        Instant now = clock.instant();
        return upload.cause()
                .followFor(
                        List.of(toRecipient, arrival.key(), version(arrival)),
                        EventType.LINK_ISSUED,
                        now,
                        LinkIssued.arrived(upload.requestId(), recipient, link, now));
    }

    private CloudEvent<RequestRejected> rejected(OpenUpload upload, String key, String eTag, RejectedException reason) {
        RequestRejected rejected = new RequestRejected(
                reason.code(), reason.detail(), upload.requestId(), upload.source(), "objects-created", null);
        return upload.cause().follow(EventType.REQUEST_REJECTED, clock.instant(), rejected, key, eTag);
    }

    /** The object's version; in a bucket without versions its ETag. */
    private static String version(OpenUpload.Arrival arrival) {
        return arrival.versionId() == null ? arrival.eTag() : arrival.versionId();
    }
}
