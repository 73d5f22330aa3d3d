package dev.attache.upload;

import dev.attache.contract.EventCodec;
import dev.attache.contract.EventMessages;
import dev.attache.contract.value.ObjectRef;
import dev.attache.ledger.DueUploads;
import dev.attache.ledger.OpenUpload;
import dev.attache.ledger.OpenUploads;
import dev.attache.ledger.UploadFolders;
import dev.attache.storage.UploadKeys;
import dev.attache.sweep.DueSweep;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.messaging.Message;

/**
 * Settles the uploads that have expired and still have their marker in the due index. A recorded arrival is announced:
 * the worker that recorded it could not publish its events, or could not remove the marker. A file in the upload's
 * folder, whose notification was lost, completes the upload. Without a file, {@code upload.expired} is published.
 *
 * <p>Any number of instances may sweep at the same time, and each may stop at any point: the marker is removed last,
 * and another instance that finds it publishes the same events with the same ids. The upload's record is not changed,
 * because a file may still arrive.
 *
 * <p>An upload that fails keeps its marker for a later round. Not safe for use by several threads.
 */
public final class UploadSweeper {

    private static final Logger log = LoggerFactory.getLogger(UploadSweeper.class);

    private final DueUploads due;

    private final OpenUploads ledger;

    private final UploadFolders folders;

    private final UploadCompletion completion;

    private final EventMessages outgoing;

    private final UploadEvents events;

    private final Publication publication;

    private final Duration grace;

    private final Clock clock;

    private final DueSweep<DueUploads.Due> rounds;

    /**
     * @param grace the time between the expiry of an upload and its settlement
     * @param limit the most uploads per round
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
        this.events = new UploadEvents(clock);
        this.publication = publication;
        this.grace = grace;
        this.clock = clock;
        this.rounds =
                new DueSweep<>(due::until, due::untilAfter, this::settled, "expired uploads", grace, limit, 1, clock);
    }

    /** Publishes a message, and returns after it is published. */
    @FunctionalInterface
    interface Publication {

        void publish(String binding, Message<byte[]> message);
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

    private boolean settled(DueUploads.Due entry) {
        try {
            Optional<OpenUpload> upload = ledger.find(entry.id());
            if (upload.isEmpty()) {
                log.warn("Upload {} has expired, but the ledger has no record of it", entry.id());
            } else if (isExtended(upload.get())) {
                due.add(entry.id(), upload.get().expiresAt());
            } else {
                messages(upload.get()).forEach(message -> publication.publish(EventMessages.binding(message), message));
            }
            due.remove(entry);
            return true;
        } catch (RuntimeException e) {
            log.warn("Expired upload {} could not be settled in this round: {}", entry.id(), e.toString());
            return false;
        }
    }

    /** Its new expiry is not over, and no file has arrived that waits for its announcement. */
    private boolean isExtended(OpenUpload upload) {
        return upload.arrival() == null
                && upload.expiresAt().isAfter(clock.instant().minus(grace));
    }

    /** As with S3's notifications, the first file that conforms to the terms is the upload's file. */
    private List<Message<byte[]>> messages(OpenUpload upload) {
        OpenUpload.Arrival recorded = upload.arrival();
        if (recorded != null) {
            // Do not read the object again: upstream may have downloaded and deleted it.
            return completion.announce(upload, recorded);
        }
        List<Message<byte[]>> messages = new ArrayList<>();
        String folder = UploadKeys.PREFIX + upload.source() + "/" + upload.id() + "/";
        for (String key : folders.keys(upload.bucket(), folder)) {
            if (UploadKeys.uploadId(key).isPresent()) {
                switch (completion.complete(upload, new ObjectRef(upload.bucket(), key, null), null)) {
                    case UploadCompletion.Outcome.Refused refused -> messages.addAll(refused.messages());
                    case UploadCompletion.Outcome.Arrived arrived -> {
                        messages.addAll(arrived.messages());
                        return messages;
                    }
                    case UploadCompletion.Outcome.Superseded(OpenUpload known, OpenUpload.Arrival other) -> {
                        // Another worker has recorded this file, and may fail to publish its events.
                        messages.addAll(completion.announce(known, other));
                        return messages;
                    }
                }
            }
        }
        messages.add(outgoing.message(events.expired(upload)));
        return messages;
    }
}
