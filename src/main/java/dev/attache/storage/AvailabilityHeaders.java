package dev.attache.storage;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/**
 * Reads the {@link Availability} of an object from the headers of a HEAD response (Amazon S3 API Reference,
 * "HeadObject"). A header that cannot be parsed counts as absent.
 */
final class AvailabilityHeaders {

    /** Without GLACIER_IR, whose objects can be read without a restore ("Working with archived objects"). */
    private static final Set<String> ARCHIVES = Set.of("GLACIER", "DEEP_ARCHIVE");

    /** In {@code x-amz-expiration} and {@code x-amz-restore}. */
    private static final Pattern EXPIRY_DATE = Pattern.compile("\\bexpiry-date\\s*=\\s*\"([^\"]*)\"");

    /** In {@code x-amz-restore}. */
    private static final Pattern ONGOING = Pattern.compile("\\bongoing-request\\s*=\\s*\"(true|false)\"");

    private AvailabilityHeaders() {}

    /**
     * The availability of an object. {@code x-amz-expiration} applies to the current version: in a bucket with
     * versioning, expiration adds a delete marker, and a link with a version id still works. S3 deletes an object on
     * that date or later, never earlier.
     *
     * @param versionId the requested version; null for the current one
     */
    static Availability of(HeadObjectResponse head, @Nullable String versionId) {
        String archive = archive(head);
        Restore restore = restore(head.restore());
        if (archive != null && restore != Restore.ENDED) {
            return new Availability.Archived(
                    (restore == Restore.IN_PROGRESS ? "is being restored from " : "is archived in ") + archive);
        }
        Instant restoredUntil = archive == null ? null : expiryDate(head.restore());
        Instant keptUntil = versionId == null || versionId.equals("null") ? expiryDate(head.expiration()) : null;
        return new Availability.Readable(earlier(restoredUntil, keptUntil));
    }

    private static @Nullable String archive(HeadObjectResponse head) {
        if (head.archiveStatusAsString() != null) {
            // An object of the class INTELLIGENT_TIERING. A restore moves it out of the archive, without this header.
            return head.archiveStatusAsString();
        }
        String storageClass = head.storageClassAsString();
        return storageClass != null && ARCHIVES.contains(storageClass) ? storageClass : null;
    }

    private enum Restore {
        NONE,
        IN_PROGRESS,
        ENDED
    }

    private static Restore restore(@Nullable String header) {
        Matcher ongoing = ONGOING.matcher(header == null ? "" : header);
        if (!ongoing.find()) {
            return Restore.NONE;
        }
        return ongoing.group(1).equals("true") ? Restore.IN_PROGRESS : Restore.ENDED;
    }

    private static @Nullable Instant expiryDate(@Nullable String header) {
        Matcher date = EXPIRY_DATE.matcher(header == null ? "" : header);
        if (!date.find()) {
            return null;
        }
        try {
            return DateTimeFormatter.RFC_1123_DATE_TIME.parse(date.group(1).strip(), Instant::from);
        } catch (DateTimeException malformed) {
            return null;
        }
    }

    private static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
        return one == null || (other != null && other.isBefore(one)) ? other : one;
    }
}
