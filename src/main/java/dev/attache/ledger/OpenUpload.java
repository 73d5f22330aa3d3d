package dev.attache.ledger;

import dev.attache.contract.AttachmentRequested;
import dev.attache.contract.CloudEvent;
import dev.attache.contract.EventCause;
import dev.attache.contract.value.MessageText;
import dev.attache.contract.value.Recipient;
import dev.attache.contract.value.UploadTerms;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An upload that somebody was asked for, from the request to its arrival.
 *
 * @param id derived from the request, so that a redelivered event finds it again
 * @param pageId 128 random bits, 32 hexadecimal digits: what the upload page's address holds
 * @param requestId the id of the event that asked for it
 * @param source who asked
 * @param subject the event's subject
 * @param traceparent the event's trace context
 * @param bucket where the file goes
 * @param recipient who is to upload; absent on the channel {@code event}
 * @param message what was said to them
 * @param toNotify who is told when it has arrived
 * @param expiresAt until when a link may be signed
 * @param file the file that was last signed for
 * @param arrival the file that arrived
 * @param contentDigest the {@link dev.attache.contract.ContentDigest} of the event that asked for it; absent in records
 *     of releases that made none
 */
public record OpenUpload(
        UUID id,
        String pageId,
        String requestId,
        String source,
        @Nullable String subject,
        @Nullable String traceparent,
        String bucket,
        UploadTerms terms,
        @Nullable Recipient recipient,
        @Nullable MessageText message,
        List<Recipient> toNotify,
        Instant createdAt,
        Instant expiresAt,
        @Nullable ChosenFile file,
        @Nullable Arrival arrival,
        @Nullable String contentDigest) {

    public OpenUpload {
        toNotify = toNotify == null ? List.of() : List.copyOf(toNotify);
    }

    /**
     * The upload that a request asks for.
     *
     * @param id derived from the request and the recipient
     */
    public static OpenUpload requested(
            CloudEvent<AttachmentRequested> event,
            UUID id,
            String pageId,
            String bucket,
            UploadTerms terms,
            @Nullable Recipient recipient,
            String contentDigest,
            Instant createdAt,
            Instant expiresAt) {
        return new OpenUpload(
                id,
                pageId,
                event.id(),
                event.source(),
                event.subject(),
                event.traceparent(),
                bucket,
                terms,
                recipient,
                event.data().message(),
                event.data().toNotify(),
                createdAt,
                expiresAt,
                null,
                null,
                contentDigest);
    }

    /** The event that asked for the upload. */
    public EventCause cause() {
        return new EventCause(source, requestId, subject, traceparent);
    }

    /** The same upload with this file signed for. */
    public OpenUpload withFile(ChosenFile chosen) {
        return with(chosen, arrival);
    }

    /** The same upload, arrived. */
    public OpenUpload withArrival(Arrival arrived) {
        return with(file, arrived);
    }

    private OpenUpload with(@Nullable ChosenFile chosen, @Nullable Arrival arrived) {
        return new OpenUpload(
                id,
                pageId,
                requestId,
                source,
                subject,
                traceparent,
                bucket,
                terms,
                recipient,
                message,
                toNotify,
                createdAt,
                expiresAt,
                chosen,
                arrived,
                contentDigest);
    }

    /** Whoever knows the page's id may upload; people and what was said to them are nobody else's business either. */
    @Override
    public String toString() {
        return "OpenUpload[id=" + id + ", requestId=" + requestId + ", source=" + source + ", bucket=" + bucket
                + ", expiresAt=" + expiresAt + ", file=" + file + ", arrival=" + arrival + "]";
    }

    /**
     * A file that a person picked, and that a link was signed for.
     *
     * @param refused whether it arrived and was of another size or type than agreed; absent for no
     */
    public record ChosenFile(
            String name,
            String key,
            String contentType,
            long contentLength,
            @Nullable Boolean refused) {

        /** One that was not refused. */
        public ChosenFile(String name, String key, String contentType, long contentLength) {
            this(name, key, contentType, contentLength, null);
        }

        public boolean wasRefused() {
            return Boolean.TRUE.equals(refused);
        }
    }

    /**
     * The object that arrived.
     *
     * @param sequencer S3's, to order the events of one key
     * @param fileName what whoever sent it called it, where the object's metadata say so
     */
    public record Arrival(
            String key,
            @Nullable String versionId,
            String eTag,
            @Nullable String sequencer,
            long contentLength,
            String contentType,
            Instant uploadedAt,
            @Nullable String fileName) {}
}
