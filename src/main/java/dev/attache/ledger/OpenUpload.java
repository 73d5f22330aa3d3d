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
 * The record of a requested upload, which also contains its file after the arrival.
 *
 * @param id derived from the request, so that a redelivered event finds it again
 * @param pageId the secret id in the upload page's address: 128 random bits as 32 hexadecimal digits
 * @param requestId the id of the event that requested it
 * @param source the source of that event
 * @param subject the event's subject
 * @param traceparent the event's trace context
 * @param bucket the bucket for the file
 * @param recipient the person who is asked for the file; null on the channel {@code event}
 * @param message the text for the recipient
 * @param toNotify the recipients of a mail when the file has arrived
 * @param expiresAt the end of the upload: no link is signed from then on
 * @param file the file for which the last link was signed, or which was refused
 * @param arrival the file that has arrived
 * @param contentDigest the {@link dev.attache.contract.ContentDigest} of the event that requested it; null in records
 *     of earlier builds without digests
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
     * Creates the upload that an event requests.
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

    /** The event that requested the upload. */
    public EventCause cause() {
        return new EventCause(source, requestId, subject, traceparent);
    }

    /** A copy with this file, for which a link is signed or which was refused. */
    public OpenUpload withFile(ChosenFile chosen) {
        return with(chosen, arrival, expiresAt);
    }

    /** A copy with this arrival. */
    public OpenUpload withArrival(Arrival arrived) {
        return with(file, arrived, expiresAt);
    }

    /** A copy with another expiry; itself if it is the same. */
    OpenUpload withExpiresAt(Instant end) {
        return end.equals(expiresAt) ? this : with(file, arrival, end);
    }

    private OpenUpload with(@Nullable ChosenFile chosen, @Nullable Arrival arrived, Instant end) {
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
                end,
                chosen,
                arrived,
                contentDigest);
    }

    /** Contains neither the page id, which is a secret, nor the recipients and texts, which are personal data. */
    @Override
    public String toString() {
        return "OpenUpload[id=" + id + ", requestId=" + requestId + ", source=" + source + ", bucket=" + bucket
                + ", expiresAt=" + expiresAt + ", file=" + file + ", arrival=" + arrival + "]";
    }

    /**
     * A file for which a link was signed.
     *
     * @param refused whether it arrived with another size or type than the terms allow; null for false
     */
    public record ChosenFile(
            String name,
            String key,
            String contentType,
            long contentLength,
            @Nullable Boolean refused) {

        /** A file that was not refused. */
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
     * @param sequencer the sequencer of S3's notification, which orders the events of one key; null if unknown
     * @param fileName the sender's name for the file; null if the object's metadata do not contain it
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
