package dev.attache.gateway.upload;

import dev.attache.ledger.OpenUpload;
import dev.attache.upload.Receipt;
import java.time.Instant;
import java.util.List;

/**
 * What has arrived, as JSON.
 *
 * @param reference by which the person and the asker can name the upload to each other
 * @param complete whether no further file is expected
 */
record ReceiptBody(String reference, List<ReceivedFile> files, boolean complete) {

    ReceiptBody {
        files = List.copyOf(files);
    }

    /** @param size in bytes */
    record ReceivedFile(int number, String name, long size, Instant receivedAt) {}

    static ReceiptBody of(OpenUpload upload) {
        return of(Receipt.of(upload));
    }

    static ReceiptBody of(Receipt receipt) {
        return new ReceiptBody(
                receipt.reference(),
                receipt.files().stream()
                        .map(it -> new ReceivedFile(it.number(), it.name(), it.size(), it.receivedAt()))
                        .toList(),
                receipt.complete());
    }
}
