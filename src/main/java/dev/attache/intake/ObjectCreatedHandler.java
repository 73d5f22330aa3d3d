package dev.attache.intake;

import dev.attache.contract.EventCodec;
import dev.attache.contract.ObjectCreated;
import dev.attache.contract.ObjectNotification;
import dev.attache.contract.value.ObjectRef;
import dev.attache.intake.IgnoredObjects.Reason;
import dev.attache.ledger.OpenUpload;
import dev.attache.ledger.OpenUploads;
import dev.attache.ledger.UploadFile;
import dev.attache.storage.UploadKeys;
import dev.attache.tracing.EventContext;
import dev.attache.upload.UploadAnnouncements;
import dev.attache.upload.UploadArrivals;
import dev.attache.upload.UploadCompletion;
import dev.attache.upload.UploadMarks;
import dev.attache.upload.UploadSweeper;
import dev.attache.upload.UploadUnknownException;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.messaging.Message;

/**
 * Receives S3's ObjectCreated and publishes {@code attachment.uploaded}, with a mail to each recipient who is to be
 * notified. For a file whose size or type the terms do not allow, it publishes {@code request.rejected} instead. For a
 * file that arrives after {@code upload.expired}, because its upload was slow, it publishes the same events as for any
 * other file.
 *
 * <p>S3 sends one record in a message. Several records in one message succeed or fail together: the whole message is
 * retried, its events have the same ids each time, and a dead letter contains all of its records.
 *
 * <p>Copies are counted and acknowledged. A replica is counted and acknowledged if its upload has a file already, or if
 * the ledger has no record of its upload. A replica that is the first object of an open upload becomes its file,
 * because the original may be gone. If only a copy is left, because the upload's notification was lost, the sweeper
 * finds it.
 *
 * <p>If publishing fails, the {@link UploadSweeper} publishes the events: see {@link UploadMarks}.
 */
public final class ObjectCreatedHandler implements Function<Message<byte[]>, List<Message<byte[]>>> {

    private static final Logger log = LoggerFactory.getLogger(ObjectCreatedHandler.class);

    private final EventCodec codec;

    private final OpenUploads ledger;

    private final UploadCompletion completion;

    private final UploadAnnouncements announcements;

    private final UploadMarks marks;

    private final IgnoredNotifications ignoredNotifications;

    private final IgnoredObjects ignoredObjects;

    /** What to do with a created object. */
    private sealed interface Decision {

        /** Acknowledge and count it. */
        record Ignore(Reason reason) implements Decision {}

        /** Publish the events of an arrival that is recorded already. */
        record Announce(OpenUpload upload) implements Decision {}

        /** Check it, record it and publish its events. */
        record Complete(OpenUpload upload) implements Decision {}
    }

    /**
     * What follows from a created object.
     *
     * @param published records that the messages were published
     */
    private record Result(List<Message<byte[]>> messages, Runnable published) {}

    public ObjectCreatedHandler(
            EventCodec codec,
            OpenUploads ledger,
            UploadCompletion completion,
            UploadAnnouncements announcements,
            UploadMarks marks,
            MeterRegistry meters) {
        this.codec = codec;
        this.ledger = ledger;
        this.completion = completion;
        this.announcements = announcements;
        this.marks = marks;
        this.ignoredNotifications = new IgnoredNotifications(meters);
        this.ignoredObjects = new IgnoredObjects(meters);
    }

    @Override
    public List<Message<byte[]>> apply(Message<byte[]> message) {
        ObjectNotification notification = codec.readObjectsCreated(message.getPayload());
        List<Message<byte[]>> messages = new ArrayList<>();
        List<Runnable> published = new ArrayList<>();
        for (ObjectCreated created : notification.created()) {
            Result result = act(decide(created), created);
            messages.addAll(result.messages());
            published.add(result.published());
        }
        ignoredNotifications.count(notification.ignored());
        InboundHeaders.afterPublishing(message, () -> published.forEach(Runnable::run));
        return messages;
    }

    /** @throws UploadUnknownException if the ledger has no record of the upload, or not yet */
    private Decision decide(ObjectCreated created) {
        ObjectRef object = created.object();
        Optional<UUID> id = UploadKeys.uploadId(object.key());
        if (id.isEmpty()) {
            return new Decision.Ignore(Reason.KEY);
        }
        Optional<Reason> copied = Reason.ofOperation(created.reason());
        if (copied.isPresent()) {
            return new Decision.Ignore(copied.get());
        }
        Optional<OpenUpload> upload = ledger.find(id.get());
        if (upload.isPresent()) {
            EventContext.ofRequest(upload.get().requestId(), upload.get().traceparent());
            return decide(created, upload.get());
        }
        if (completion.isReplica(object)) {
            return new Decision.Ignore(Reason.REPLICA);
        }
        throw new UploadUnknownException(object);
    }

    private Decision decide(ObjectCreated created, OpenUpload upload) {
        ObjectRef object = created.object();
        if (!upload.bucket().equals(object.bucket())
                || !object.key().startsWith(UploadKeys.PREFIX + upload.source() + "/")) {
            return new Decision.Ignore(Reason.ELSEWHERE);
        }
        Optional<UploadFile> file = upload.fileAt(object.key());
        OpenUpload.Arrival recorded = file.map(UploadFile::arrival).orElse(null);
        if (recorded != null && UploadArrivals.describes(created, recorded)) {
            // The object is not read again: upstream may have downloaded and deleted it.
            return new Decision.Announce(upload);
        }
        boolean first = recorded == null && !upload.full();
        return !first && completion.isReplica(object)
                ? new Decision.Ignore(Reason.REPLICA)
                : new Decision.Complete(upload);
    }

    private Result act(Decision decision, ObjectCreated created) {
        return switch (decision) {
            case Decision.Ignore(Reason reason) -> {
                log.debug("Ignored {}: {}", created.object(), reason);
                if (reason == Reason.ELSEWHERE) {
                    log.warn("{} has the id of an upload of another bucket or source", created.object());
                }
                ignoredObjects.count(reason);
                yield new Result(List.of(), () -> {});
            }
            case Decision.Announce(OpenUpload upload) -> announced(upload, created, false);
            case Decision.Complete(OpenUpload upload) ->
                switch (completion.complete(upload, created.object(), created.sequencer())) {
                    case UploadCompletion.Outcome.Arrived(OpenUpload changed, boolean ended) ->
                        announced(changed, created, ended);
                    case UploadCompletion.Outcome.Refused refused -> new Result(List.of(refused.message()), () -> {});
                    case UploadCompletion.Outcome.Superseded superseded -> new Result(List.of(), () -> {});
                };
        };
    }

    private Result announced(OpenUpload upload, ObjectCreated created, boolean ended) {
        String key = created.object().key();
        List<Message<byte[]>> messages = announcements.of(upload, key);
        return ended
                ? new Result(
                        Stream.concat(messages.stream(), announcements.ofEnd(upload).stream())
                                .toList(),
                        () -> marks.fileAndEndPublished(upload, key))
                : new Result(messages, () -> marks.filePublished(upload, key));
    }
}
