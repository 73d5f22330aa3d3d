package dev.attache.ledger;

import dev.attache.contract.AttachmentRequested;
import dev.attache.contract.CloudEvent;
import dev.attache.contract.EventCause;
import dev.attache.contract.value.MessageText;
import dev.attache.contract.value.Recipient;
import dev.attache.contract.value.UploadTerms;
import dev.attache.ledger.UploadEnd.Completion;
import dev.attache.ledger.UploadEnd.Decline;
import dev.attache.storage.UploadKeys;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
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
 * @param files the files for which links were signed or which arrived, in the order of their numbers
 * @param completion set when no further file is expected. Only in uploads whose request states a number of files
 * @param declined set when the person said that they cannot provide the file
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
        List<UploadFile> files,
        @Nullable Completion completion,
        @Nullable Decline declined,
        @Nullable String contentDigest) {

    public OpenUpload {
        toNotify = toNotify == null ? List.of() : List.copyOf(toNotify);
        files = files == null ? List.of() : List.copyOf(files);
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
                List.of(),
                null,
                null,
                contentDigest);
    }

    /** The event that requested the upload. */
    public EventCause cause() {
        return new EventCause(source, requestId, subject, traceparent);
    }

    public Optional<UploadFile> file(int number) {
        return files.stream().filter(it -> it.number() == number).findFirst();
    }

    public Optional<UploadFile> fileAt(String key) {
        return files.stream().filter(it -> it.key().equals(key)).findFirst();
    }

    /** The files that have arrived, in the order of their numbers. */
    public List<UploadFile> arrived() {
        return files.stream().filter(it -> it.arrival() != null).toList();
    }

    /** Whether as many files have arrived as the request allows. */
    public boolean full() {
        return arrived().size() >= terms.mostFiles();
    }

    /** Whether no link is signed any more: all files have arrived, or the person completed or declined the upload. */
    public boolean ended() {
        return full() || completion != null || declined != null;
    }

    /** The number of the next file for which a key is used. */
    public int nextNumber() {
        return files.stream().mapToInt(UploadFile::number).max().orElse(0) + 1;
    }

    /** The key of this number. */
    public String key(int number) {
        return UploadKeys.key(source, id, number);
    }

    /** The key of the first file that is not refused; else the next key. */
    public String awaitedKey() {
        return files.stream()
                .filter(it -> !it.wasRefused())
                .map(UploadFile::key)
                .findFirst()
                .orElseGet(() -> key(nextNumber()));
    }

    /** A copy with this file, in place of the one with its number. */
    public OpenUpload withFile(UploadFile changed) {
        List<UploadFile> all = Stream.concat(
                        files.stream().filter(it -> it.number() != changed.number()), Stream.of(changed))
                .sorted(Comparator.comparingInt(UploadFile::number))
                .toList();
        return with(expiresAt, all, completion, declined);
    }

    OpenUpload withFiles(List<UploadFile> others) {
        return with(expiresAt, others, completion, declined);
    }

    public OpenUpload withCompletion(Completion end) {
        return with(expiresAt, files, end, declined);
    }

    public OpenUpload withDecline(Decline end) {
        return with(expiresAt, files, completion, end);
    }

    /** A copy with another expiry; itself if it is the same. */
    OpenUpload withExpiresAt(Instant end) {
        return end.equals(expiresAt) ? this : with(end, files, completion, declined);
    }

    private OpenUpload with(
            Instant end, List<UploadFile> all, @Nullable Completion complete, @Nullable Decline decline) {
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
                all,
                complete,
                decline,
                contentDigest);
    }

    /** Contains neither the page id, which is a secret, nor the recipients and texts, which are personal data. */
    @Override
    public String toString() {
        return "OpenUpload[id=" + id + ", requestId=" + requestId + ", source=" + source + ", bucket=" + bucket
                + ", expiresAt=" + expiresAt + ", files=" + files + ", completion=" + completion + ", declined="
                + (declined != null) + "]";
    }

    /**
     * The object that arrived.
     *
     * @param sequencer the sequencer of S3's notification, which orders the events of one key; null if unknown
     * @param fileName the sender's name for the file; null if the object's metadata do not contain it
     * @param fileId identifies the file that the person chose, see {@link UploadFile#fileId()}; null if the object's
     *     metadata do not contain it
     */
    public record Arrival(
            String key,
            @Nullable String versionId,
            String eTag,
            @Nullable String sequencer,
            long contentLength,
            String contentType,
            Instant uploadedAt,
            @Nullable String fileName,
            @Nullable String fileId) {

        /** An object that was not sent from the page. */
        public Arrival(
                String key,
                @Nullable String versionId,
                String eTag,
                @Nullable String sequencer,
                long contentLength,
                String contentType,
                Instant uploadedAt,
                @Nullable String fileName) {
            this(key, versionId, eTag, sequencer, contentLength, contentType, uploadedAt, fileName, null);
        }
    }
}
