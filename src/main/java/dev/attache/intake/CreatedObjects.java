package dev.attache.intake;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

import dev.attache.contract.EventCodec;
import dev.attache.contract.ObjectCreated;
import dev.attache.ledger.OpenUpload;
import dev.attache.ledger.OpenUploads;
import dev.attache.link.UploadKeys;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.messaging.Message;

/**
 * S3's ObjectCreated in, {@code attachment.uploaded} out, with a mail for each who waits for the file. What arrived is held
 * against what was asked for; a file of another size or type is reported as {@code request.rejected} instead. A file that
 * comes after {@code upload.expired}, over a slow line, is announced all the same: that event says that the time was over
 * and nothing was there, not that nothing can come.
 *
 * <p>S3 sends one record a message. Where another sender puts several into one, they succeed or fail together: the whole
 * message is tried again, what it gives has the same ids each time, and a dead letter holds all of its records.
 */
final class CreatedObjects implements Function<Message<byte[]>, List<Message<byte[]>>> {

    private static final Logger log = LoggerFactory.getLogger(CreatedObjects.class);

    private final EventCodec codec;

    private final OpenUploads ledger;

    private final UploadCompletion completion;

    private final UnknownUploads unknown;

    CreatedObjects(EventCodec codec, OpenUploads ledger, UploadCompletion completion, MeterRegistry meters) {
        this.codec = codec;
        this.ledger = ledger;
        this.completion = completion;
        this.unknown = new UnknownUploads(meters);
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
            unknown.key();
            log.debug("{} is no upload of ours", created.object());
            return List.of();
        }
        OpenUpload upload = ledger.find(id.get()).orElseThrow(() -> new UploadUnknownException(created.object()));
        if (!upload.bucket().equals(created.object().bucket())
                || !created.object().key().startsWith(UploadKeys.PREFIX + upload.source() + "/")) {
            unknown.elsewhere();
            log.warn("{} has the id of an upload that belongs elsewhere", created.object());
            return List.of();
        }
        OpenUpload.Arrival recorded = upload.arrival();
        if (recorded != null && Arrivals.tellsOf(created, recorded)) {
            // Not looked up again: upstream may have fetched and deleted it, and that is no failure.
            return completion.announce(upload, recorded);
        }
        return completion.complete(upload, created.object(), created.sequencer()).messages();
    }
}
