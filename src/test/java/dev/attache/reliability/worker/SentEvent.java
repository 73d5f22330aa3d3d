package dev.attache.reliability.worker;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * An event that an upstream system sends, and the results that must follow.
 *
 * @param recipients the addresses that must each get one mail: recipients of the event, or those who wait for the
 *     upload
 */
public record SentEvent(String id, Kind kind, String queue, String body, List<String> recipients) {

    /** The kinds of requests. */
    public enum Kind {
        /** A mail with a link, for one to three people. */
        DOWNLOAD,
        /** The same for all recipients of a list in S3. */
        AUDIENCE,
        /** A newsletter with a link, for one to three people. */
        NEWSLETTER,
        /** One mail with a link for each item. */
        PURCHASE,
        /** A link for a program; no mail. */
        PROGRAM_DOWNLOAD,
        /** A link with which a program uploads a file, and mails to those who wait for it. */
        PROGRAM_UPLOAD
    }

    /** The number of {@code link.issued} that must follow. */
    public int links() {
        return recipients.size() + (kind == Kind.PROGRAM_DOWNLOAD || kind == Kind.PROGRAM_UPLOAD ? 1 : 0);
    }

    public boolean isUpload() {
        return kind == Kind.PROGRAM_UPLOAD;
    }

    /** The file that a program uploads for an event with this id. */
    public static byte[] fileOf(String id) {
        return ("The file of " + id).getBytes(StandardCharsets.US_ASCII);
    }
}
