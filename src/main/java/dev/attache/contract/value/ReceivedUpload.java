package dev.attache.contract.value;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What has arrived for an upload, as mails about it state it.
 *
 * @param reference names the upload in a conversation, such as {@code 7K3M-9QXT}; no secret
 * @param subject the subject of the request's message; null if it has none
 * @param sender the person who was asked for the files; null on the channel {@code event}
 * @param files 1 to 50, in the order of their numbers
 */
public record ReceivedUpload(
        String reference,
        @Nullable String subject,
        @Nullable Recipient sender,
        List<File> files) {

    public ReceivedUpload {
        files = List.copyOf(files);
    }

    /**
     * A file.
     *
     * @param fileName the sender's name for it
     * @param contentLength in bytes
     */
    public record File(String fileName, long contentLength, String contentType, Instant receivedAt) {}
}
