package dev.attache.reliability.worker;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * An event as an upstream system sends it, and what has to come of it.
 *
 * @param recipients who gets a mail because of it, one each: those of the event, or those who wait for the upload
 */
public record SentEvent(String id, Kind kind, String queue, String body, List<String> recipients) {

    /** What upstream systems ask for. */
    public enum Kind {
        /** A mail with a link, for one to three people. */
        DOWNLOAD,
        /** The same for everybody on a list in S3. */
        AUDIENCE,
        /** A newsletter with a link, for one to three people. */
        NEWSLETTER,
        /** One mail with a link for each item. */
        PURCHASE,
        /** A link for a program; no mail. */
        PROGRAM_DOWNLOAD,
        /** A link with which a program hands a file in; who waits for the file gets a mail. */
        PROGRAM_UPLOAD
    }

    /** How many different {@code link.issued} follow. */
    public int links() {
        return recipients.size() + (kind == Kind.PROGRAM_DOWNLOAD || kind == Kind.PROGRAM_UPLOAD ? 1 : 0);
    }

    public boolean isUpload() {
        return kind == Kind.PROGRAM_UPLOAD;
    }

    /** The file that a program hands in for an event with this id. */
    public static byte[] fileOf(String id) {
        return ("The file of " + id).getBytes(StandardCharsets.US_ASCII);
    }
}
