package dev.attache.ledger;

import dev.attache.ledger.OpenUpload.Arrival;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One file of an upload: a number and a key, for which links are signed, and which accepts one object. Until an object
 * has arrived, another file of the person can take the key over; the object's own metadata say which file it is.
 *
 * @param number from 1; unique in the upload
 * @param name the name of the file for which the last link was signed
 * @param fileId identifies the file for which the last link was signed, see {@code upload.ChosenFile}; null for files
 *     that were not chosen on the page, and in records of earlier builds
 * @param signedAt when the last link was signed
 * @param refused whether a file arrived that the terms do not allow; null for false. Its key accepts no other object
 * @param arrival the object that has arrived; null until then
 * @param multiparts the multipart uploads that were started for the key
 * @param announced whether the events about the arrival were published; null for false. Only recorded in uploads whose
 *     request states a number of files: in others the marker in the due index says so
 */
public record UploadFile(
        int number,
        String name,
        String key,
        String contentType,
        long contentLength,
        @Nullable String fileId,
        Instant signedAt,
        @Nullable Boolean refused,
        @Nullable Arrival arrival,
        List<MultipartUpload> multiparts,
        @Nullable Boolean announced) {

    public UploadFile {
        multiparts = multiparts == null ? List.of() : List.copyOf(multiparts);
    }

    /** A file for which the first link is signed. */
    public static UploadFile signed(
            int number,
            String name,
            String key,
            String contentType,
            long contentLength,
            @Nullable String fileId,
            Instant signedAt) {
        return new UploadFile(
                number, name, key, contentType, contentLength, fileId, signedAt, null, null, List.of(), null);
    }

    /** An object that arrived although no link was signed on the page. */
    static UploadFile arrived(int number, String name, Arrival arrival) {
        return new UploadFile(
                number,
                name,
                arrival.key(),
                arrival.contentType(),
                arrival.contentLength(),
                arrival.fileId(),
                arrival.uploadedAt(),
                null,
                arrival,
                List.of(),
                null);
    }

    public boolean wasRefused() {
        return Boolean.TRUE.equals(refused);
    }

    public boolean wasAnnounced() {
        return Boolean.TRUE.equals(announced);
    }

    /** Whether an object can still arrive. */
    public boolean open() {
        return arrival == null && !wasRefused();
    }

    public Optional<MultipartUpload> multipart(String uploadId) {
        return multiparts.stream().filter(it -> it.uploadId().equals(uploadId)).findFirst();
    }

    /** A copy with a link for this file, which is the same or another. */
    public UploadFile signedAgain(String name, String contentType, long contentLength, String fileId, Instant at) {
        return new UploadFile(
                number, name, key, contentType, contentLength, fileId, at, refused, arrival, multiparts, announced);
    }

    /** A copy with this arrival, whose events are not published yet. */
    public UploadFile withArrival(Arrival arrived) {
        return new UploadFile(
                number, name, key, contentType, contentLength, fileId, signedAt, null, arrived, multiparts, null);
    }

    /** A copy that accepts no object any more. */
    public UploadFile asRefused() {
        return new UploadFile(
                number, name, key, contentType, contentLength, fileId, signedAt, true, arrival, multiparts, announced);
    }

    /** A copy whose events were published. */
    public UploadFile asAnnounced() {
        return new UploadFile(
                number, name, key, contentType, contentLength, fileId, signedAt, refused, arrival, multiparts, true);
    }

    /** A copy with this multipart upload, in place of an earlier state of it. */
    public UploadFile withMultipart(MultipartUpload multipart) {
        List<MultipartUpload> all = Stream.concat(
                        withoutMultipart(multipart.uploadId()).multiparts().stream(), Stream.of(multipart))
                .toList();
        return withMultiparts(all);
    }

    public UploadFile withoutMultipart(String uploadId) {
        return withMultiparts(multiparts.stream()
                .filter(it -> !it.uploadId().equals(uploadId))
                .toList());
    }

    private UploadFile withMultiparts(List<MultipartUpload> others) {
        return new UploadFile(
                number, name, key, contentType, contentLength, fileId, signedAt, refused, arrival, others, announced);
    }

    /**
     * A multipart upload of S3, which belongs to one file.
     *
     * @param uploadId S3's id
     * @param fileId the id of the file; see {@code upload.ChosenFile}
     * @param fingerprint a hash of the file's id and of its first 8 MiB
     * @param tab the random id of the browser's tab that sends the file
     * @param contentLength the size of the file in bytes
     * @param partSize in bytes; the last part may be smaller
     */
    public record MultipartUpload(
            String uploadId,
            String fileId,
            String fingerprint,
            String tab,
            Instant startedAt,
            long contentLength,
            long partSize) {

        /** A copy that belongs to another tab. */
        public MultipartUpload withTab(String other) {
            return new MultipartUpload(uploadId, fileId, fingerprint, other, startedAt, contentLength, partSize);
        }
    }
}
