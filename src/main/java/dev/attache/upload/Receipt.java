package dev.attache.upload;

import dev.attache.ledger.OpenUpload;
import dev.attache.ledger.UploadFile;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a person is told about the files that have arrived.
 *
 * @param reference names the upload in a conversation: see {@link UploadReference}
 * @param files the recorded files, in the order of their numbers
 * @param complete whether no further file is expected
 */
public record Receipt(String reference, List<ReceivedFile> files, boolean complete) {

    public Receipt {
        files = List.copyOf(files);
    }

    /** The receipt for all recorded files of an upload. */
    public static Receipt of(OpenUpload upload) {
        return new Receipt(
                UploadReference.of(upload),
                upload.arrived().stream()
                        .flatMap(file -> received(upload, file).stream())
                        .toList(),
                upload.ended());
    }

    private static Optional<ReceivedFile> received(OpenUpload upload, UploadFile file) {
        return Optional.ofNullable(file.arrival())
                .map(arrival -> new ReceivedFile(
                        file.number(),
                        UploadArrivals.fileName(upload, arrival),
                        arrival.contentLength(),
                        arrival.uploadedAt()));
    }

    /**
     * A recorded file.
     *
     * @param number its number in the upload
     * @param size in bytes
     */
    public record ReceivedFile(int number, String name, long size, Instant receivedAt) {}
}
