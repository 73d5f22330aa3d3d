package dev.attache.intake;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

import dev.attache.contract.AttachmentUploaded;
import dev.attache.contract.Channel;
import dev.attache.contract.CloudEvent;
import dev.attache.contract.EventCodec;
import dev.attache.contract.EventIds;
import dev.attache.contract.EventType;
import dev.attache.contract.Link;
import dev.attache.contract.LinkIssued;
import dev.attache.contract.ObjectCreated;
import dev.attache.contract.Recipient;
import dev.attache.contract.RejectedException;
import dev.attache.contract.RequestRejected;
import dev.attache.ledger.OpenUpload;
import dev.attache.ledger.OpenUploads;
import dev.attache.link.ObjectCatalog;
import dev.attache.link.SourcePolicies;
import dev.attache.link.SourcePolicy;
import dev.attache.link.StoredObject;
import dev.attache.link.UploadKeys;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.messaging.Message;

/**
 * S3's ObjectCreated in, {@code attachment.uploaded} out, with a mail for each who waits for the file. What arrived is held
 * against what was asked for; a file of another size or type is reported as {@code request.rejected} instead.
 *
 * <p>S3 sends one record a message. Where another sender puts several into one, they succeed or fail together: the whole
 * message is tried again, what it gives has the same ids each time, and a dead letter holds all of its records.
 */
final class CreatedObjects implements Function<Message<byte[]>, List<Message<byte[]>>> {

    private static final Logger log = LoggerFactory.getLogger(CreatedObjects.class);

    private final EventCodec codec;

    private final SourcePolicies policies;

    private final ObjectCatalog catalog;

    private final Downloads downloads;

    private final OpenUploads ledger;

    private final Outgoing outgoing;

    private final Clock clock;

    CreatedObjects(EventCodec codec, SourcePolicies policies, ObjectCatalog catalog, Downloads downloads, OpenUploads ledger,
            Clock clock) {
        this.codec = codec;
        this.policies = policies;
        this.catalog = catalog;
        this.downloads = downloads;
        this.ledger = ledger;
        this.outgoing = new Outgoing(codec);
        this.clock = clock;
    }

    @Override
    public List<Message<byte[]>> apply(Message<byte[]> message) {
        List<Message<byte[]>> messages = new ArrayList<>();
        for (ObjectCreated created : codec.readObjectsCreated(message.getPayload())) {
            messages.addAll(complete(created));
        }
        return messages;
    }

    private List<Message<byte[]>> complete(ObjectCreated created) {
        Optional<UUID> id = UploadKeys.uploadId(created.object().key());
        if (id.isEmpty()) {
            log.debug("{} is no upload of ours", created.object());
            return List.of();
        }
        OpenUpload upload = ledger.find(id.get()).orElseThrow(() -> new UploadUnknownException(created.object()));
        if (!upload.bucket().equals(created.object().bucket())
                || !created.object().key().startsWith(UploadKeys.PREFIX + upload.source() + "/")) {
            log.warn("{} has the id of an upload that belongs elsewhere", created.object());
            return List.of();
        }
        StoredObject stored = catalog.findFresh(created.object());
        try {
            Arrivals.check(upload.terms(), stored);
        } catch (RejectedException mismatch) {
            return List.of(outgoing.message(rejected(upload, stored, mismatch)));
        }
        OpenUpload.Arrival arrival = Arrivals.of(created, stored);
        OpenUpload known = ledger.change(upload.id(), before ->
                Arrivals.supersedes(arrival, before.arrival()) ? before.withArrival(arrival) : before);
        if (!Arrivals.same(arrival, known.arrival())) {
            log.warn("{} is not the file that was recorded as arrived; no event follows", created.object());
            return List.of();
        }
        return announce(known, stored, arrival);
    }

    /** Announced again for each notification of the same object, with the same ids: the mark in the ledger does not prove it. */
    private List<Message<byte[]>> announce(OpenUpload upload, StoredObject stored, OpenUpload.Arrival arrival) {
        List<Message<byte[]>> messages = new ArrayList<>();
        String fileName = Arrivals.fileName(upload, arrival.key());
        messages.add(outgoing.message(new CloudEvent<>(id(upload, EventType.ATTACHMENT_UPLOADED.name(), arrival),
                upload.source(), EventType.ATTACHMENT_UPLOADED, clock.instant(), upload.subject(), upload.traceparent(),
                new AttachmentUploaded(upload.requestId(), upload.bucket(), arrival.key(), arrival.versionId(),
                        arrival.eTag(), arrival.contentLength(), arrival.contentType(), fileName, arrival.uploadedAt()))));
        if (!upload.toNotify().isEmpty()) {
            SourcePolicy policy = policies.require(upload.source());
            Link link = downloads.link(policy, stored.object(), stored, fileName, null, policy.lifetime(null));
            for (Recipient recipient : AttachmentRequests.eachOnce(upload.toNotify())) {
                messages.add(outgoing.messageTo(Outgoing.DELIVERIES, new CloudEvent<>(
                        id(upload, EventType.LINK_ISSUED.name() + " " + recipient.address(), arrival), upload.source(),
                        EventType.LINK_ISSUED, clock.instant(), upload.subject(), upload.traceparent(),
                        new LinkIssued(upload.requestId(), Channel.EMAIL, LinkIssued.Purpose.ARRIVAL, recipient, null, null,
                                List.of(link), clock.instant(), null))));
            }
        }
        return messages;
    }

    private CloudEvent<RequestRejected> rejected(OpenUpload upload, StoredObject stored, RejectedException mismatch) {
        return new CloudEvent<>(EventIds.derive(upload.source(), upload.requestId(), EventType.REQUEST_REJECTED.name(),
                stored.object().key(), stored.eTag()).toString(), upload.source(), EventType.REQUEST_REJECTED,
                clock.instant(), upload.subject(), upload.traceparent(), new RequestRejected(mismatch.code(),
                        mismatch.detail(), upload.requestId(), upload.source(), "objects-created", null));
    }

    /** One id for each version of the object; in a bucket without versions its ETag stands for the version. */
    private static String id(OpenUpload upload, String purpose, OpenUpload.Arrival arrival) {
        String version = arrival.versionId() == null ? arrival.eTag() : arrival.versionId();
        return EventIds.derive(upload.source(), upload.requestId(), purpose, arrival.key(), version).toString();
    }
}
