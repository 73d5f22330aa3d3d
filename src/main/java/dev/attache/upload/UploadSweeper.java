package dev.attache.upload;

import dev.attache.contract.CloudEvent;
import dev.attache.contract.EventCodec;
import dev.attache.contract.EventMessages;
import dev.attache.contract.EventType;
import dev.attache.contract.UploadExpired;
import dev.attache.contract.value.ObjectRef;
import dev.attache.ledger.DueUploads;
import dev.attache.ledger.OpenUpload;
import dev.attache.ledger.OpenUploads;
import dev.attache.ledger.UploadFolders;
import dev.attache.storage.UploadKeys;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.messaging.Message;

/**
 * Looks after the uploads whose time is over and whose events may not have left: they still have their marker. An
 * arrival that is recorded is announced, for whoever recorded it could not publish it, or could not remove the marker.
 * A file that is there after all, because S3's notification was lost, completes its upload; where none is,
 * {@code upload.expired} is published.
 *
 * <p>Any number of instances may sweep at a time, and one may die at any point: the marker is removed last, and who
 * finds it publishes the same events with the same ids. The upload's record is not marked: whether the event has left
 * only the removed marker says, and a file may come still.
 *
 * <p>One that fails keeps its marker for a later round. Not safe for use by several threads.
 */
public final class UploadSweeper {

    private static final Logger log = LoggerFactory.getLogger(UploadSweeper.class);

    /** So many failures in a row are not these uploads' fault. */
    private static final int FAILURES_IN_A_ROW = 10;

    private final DueUploads due;

    private final OpenUploads ledger;

    private final UploadFolders folders;

    private final UploadCompletion completion;

    private final EventMessages outgoing;

    private final Publication publication;

    private final Duration grace;

    private final int limit;

    private final Clock clock;

    /** The last that the round before looked at, when it left some for this one. */
    private DueUploads.@Nullable Due last;

    /**
     * @param grace how long after its time an upload is waited for
     * @param limit so many in one round
     */
    UploadSweeper(
            DueUploads due,
            OpenUploads ledger,
            UploadFolders folders,
            UploadCompletion completion,
            EventCodec codec,
            Publication publication,
            Duration grace,
            int limit,
            Clock clock) {
        this.due = due;
        this.ledger = ledger;
        this.folders = folders;
        this.completion = completion;
        this.outgoing = new EventMessages(codec);
        this.publication = publication;
        this.grace = grace;
        this.limit = limit;
        this.clock = clock;
    }

    /** Publishes a message, and returns when it is published. */
    @FunctionalInterface
    interface Publication {

        void publish(String binding, Message<byte[]> message);
    }

    /**
     * One round.
     *
     * @param stopping asked before each upload
     * @return whether there is more to do at once
     */
    boolean sweep(BooleanSupplier stopping) {
        Instant until = clock.instant().minus(grace);
        List<DueUploads.Due> found = last == null ? due.until(until, limit) : due.untilAfter(last, until, limit);
        int failures = 0;
        for (DueUploads.Due entry : found) {
            if (stopping.getAsBoolean()) {
                return false;
            }
            // Also of one that fails: the next round goes on behind it, so that no bad ones bar the way.
            last = entry;
            failures = settled(entry) ? 0 : failures + 1;
            if (failures == FAILURES_IN_A_ROW) {
                log.warn("{} overdue uploads failed in a row; the others wait for the next round", failures);
                return false;
            }
        }
        if (found.size() < limit) {
            last = null;
            return false;
        }
        return true;
    }

    private boolean settled(DueUploads.Due entry) {
        try {
            Optional<OpenUpload> upload = ledger.find(entry.id());
            if (upload.isEmpty()) {
                log.warn("Upload {} was due, but the ledger has no record of it (any more)", entry.id());
            } else {
                eventsOf(upload.get()).forEach(message -> publication.publish(EventMessages.binding(message), message));
            }
            due.remove(entry);
            return true;
        } catch (RuntimeException e) {
            log.warn("Overdue upload {} could not be looked after in this round: {}", entry.id(), e.toString());
            return false;
        }
    }

    private List<Message<byte[]>> eventsOf(OpenUpload upload) {
        List<Message<byte[]>> messages = new ArrayList<>();
        if (!arrived(upload, messages)) {
            messages.add(outgoing.message(expired(upload)));
        }
        return messages;
    }

    /** As with S3's notifications, the first file that is as agreed is the upload's. */
    private boolean arrived(OpenUpload upload, List<Message<byte[]>> messages) {
        if (announced(upload, messages)) {
            return true;
        }
        String folder = UploadKeys.PREFIX + upload.source() + "/" + upload.id() + "/";
        for (String key : folders.keys(upload.bucket(), folder)) {
            if (UploadKeys.uploadId(key).isPresent() && arrived(upload, key, messages)) {
                return true;
            }
        }
        return false;
    }

    private boolean arrived(OpenUpload upload, String key, List<Message<byte[]>> messages) {
        UploadCompletion.Outcome outcome = completion.complete(upload, new ObjectRef(upload.bucket(), key, null), null);
        messages.addAll(outcome.messages());
        return switch (outcome) {
            case UploadCompletion.Outcome.Arrived arrived -> true;
            // By somebody else, meanwhile, whose events may not leave.
            case UploadCompletion.Outcome.PassedOver(OpenUpload known) -> announced(known, messages);
            case UploadCompletion.Outcome.Refused refused -> false;
        };
    }

    /** Not looked up: upstream may have fetched and deleted the file. */
    private boolean announced(OpenUpload upload, List<Message<byte[]>> messages) {
        OpenUpload.Arrival arrival = upload.arrival();
        if (arrival != null) {
            messages.addAll(completion.announce(upload, arrival));
        }
        return arrival != null;
    }

    private CloudEvent<UploadExpired> expired(OpenUpload upload) {
        UploadExpired expired = new UploadExpired(
                upload.requestId(),
                upload.bucket(),
                upload.file() == null ? null : upload.file().key(),
                upload.recipient(),
                upload.expiresAt());
        return upload.cause()
                .follow(
                        EventType.UPLOAD_EXPIRED,
                        clock.instant(),
                        expired,
                        upload.id().toString());
    }
}
