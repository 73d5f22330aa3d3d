package dev.attache.intake;

import dev.attache.contract.EventCodec;
import dev.attache.contract.ObjectCreated;
import dev.attache.contract.ObjectNotification;
import dev.attache.contract.value.ObjectRef;
import dev.attache.ledger.DueUploads;
import dev.attache.ledger.OpenUpload;
import dev.attache.ledger.OpenUploads;
import dev.attache.storage.UploadKeys;
import dev.attache.upload.UnknownUploads;
import dev.attache.upload.UploadArrivals;
import dev.attache.upload.UploadCompletion;
import dev.attache.upload.UploadSweeper;
import dev.attache.upload.UploadUnknownException;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.messaging.Message;

/**
 * S3's ObjectCreated in, {@code attachment.uploaded} out, with a mail for each who waits for the file. What arrived is
 * held against what was asked for; a file of another size or type is reported as {@code request.rejected} instead. A
 * file that comes after {@code upload.expired}, over a slow line, is announced all the same: that event says that the
 * time was over and nothing was there, not that nothing can come.
 *
 * <p>S3 sends one record a message. Where another sender puts several into one, they succeed or fail together: the
 * whole message is tried again, what it gives has the same ids each time, and a dead letter holds all of its records.
 *
 * <p>What was copied is no upload: it is counted and acknowledged. So is a replica of a file that has been recorded, or
 * of an upload that the ledger does not know (any more). A replica that is the first to be seen of an open upload is
 * its file: nothing else may be left of it. If a copy is all that is left, because the notification of the upload was
 * lost, a sweep finds it.
 *
 * <p>An upload keeps its marker in the due index until everything is published: what could not be, however that came
 * about, is left to {@link UploadSweeper}.
 */
public final class ObjectCreatedHandler implements Function<Message<byte[]>, List<Message<byte[]>>> {

    private static final Logger log = LoggerFactory.getLogger(ObjectCreatedHandler.class);

    private final EventCodec codec;

    private final OpenUploads ledger;

    private final DueUploads due;

    private final UploadCompletion completion;

    private final UnknownUploads unknown;

    private final IgnoredNotifications ignored;

    private final CopiedObjects copied;

    public ObjectCreatedHandler(
            EventCodec codec, OpenUploads ledger, DueUploads due, UploadCompletion completion, MeterRegistry meters) {
        this.codec = codec;
        this.ledger = ledger;
        this.due = due;
        this.completion = completion;
        this.unknown = new UnknownUploads(meters);
        this.ignored = new IgnoredNotifications(meters);
        this.copied = new CopiedObjects(meters);
    }

    @Override
    public List<Message<byte[]>> apply(Message<byte[]> message) {
        List<Message<byte[]>> messages = new ArrayList<>();
        List<OpenUpload> announced = new ArrayList<>();
        ObjectNotification notification = codec.readObjectsCreated(message.getPayload());
        for (ObjectCreated created : notification.created()) {
            messages.addAll(complete(created, announced));
        }
        ignored.count(notification.ignored());
        InboundHeaders.afterPublishing(message, () -> announced.forEach(this::removeMarker));
        return messages;
    }

    /** Until then a sweep would announce the upload, when its time is over. */
    private void removeMarker(OpenUpload upload) {
        try {
            due.remove(new DueUploads.Due(upload.expiresAt(), upload.id()));
        } catch (RuntimeException e) {
            log.warn(
                    "Upload {} was announced, but its marker could not be removed: it will be announced again, with"
                            + " the same ids, when its time is over. {}",
                    upload.id(),
                    e.toString());
        }
    }

    /** @param announced takes the upload that the messages announce */
    private List<Message<byte[]>> complete(ObjectCreated created, List<OpenUpload> announced) {
        Optional<UUID> id = UploadKeys.uploadId(created.object().key());
        if (id.isEmpty()) {
            unknown.key();
            log.debug("{} is no upload of ours", created.object());
            return List.of();
        }
        if (copied.counted(created.reason())) {
            log.debug("{} was created by {}, which is no upload", created.object(), created.reason());
            return List.of();
        }
        Optional<OpenUpload> found = ledger.find(id.get());
        if (found.isEmpty() && !isReplica(created.object())) {
            throw new UploadUnknownException(created.object());
        }
        return found.map(upload -> complete(upload, created, announced)).orElse(List.of());
    }

    private List<Message<byte[]>> complete(OpenUpload upload, ObjectCreated created, List<OpenUpload> announced) {
        if (!upload.bucket().equals(created.object().bucket())
                || !created.object().key().startsWith(UploadKeys.PREFIX + upload.source() + "/")) {
            unknown.elsewhere();
            log.warn("{} has the id of an upload that belongs elsewhere", created.object());
            return List.of();
        }
        OpenUpload.Arrival recorded = upload.arrival();
        if (recorded != null && UploadArrivals.tellsOf(created, recorded)) {
            // Not looked up again: upstream may have fetched and deleted it, and that is no failure.
            announced.add(upload);
            return completion.announce(upload, recorded);
        }
        if (recorded != null && isReplica(created.object())) {
            return List.of();
        }
        UploadCompletion.Outcome outcome = completion.complete(upload, created.object(), created.sequencer());
        if (outcome instanceof UploadCompletion.Outcome.Arrived) {
            announced.add(upload);
        }
        return outcome.messages();
    }

    /** S3 tells of a replica as of an upload; only its headers say what it is. */
    private boolean isReplica(ObjectRef object) {
        boolean replica = completion.isReplica(object);
        if (replica) {
            copied.replica();
            log.debug("{} is a replica, and no upload", object);
        }
        return replica;
    }
}
