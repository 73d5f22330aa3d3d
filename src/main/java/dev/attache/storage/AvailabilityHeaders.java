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
 * Reads what S3's answer to HEAD says of an object's {@link Availability} (Amazon S3 API Reference, "HeadObject"). A
 * header that cannot be read counts as absent.
 */
final class AvailabilityHeaders {

    /** GLACIER_IR is not among them: its objects are read as any others are ("Working with archived objects"). */
    private static final Set<String> ARCHIVES = Set.of("GLACIER", "DEEP_ARCHIVE");

    /** In {@code x-amz-expiration} and {@code x-amz-restore}. */
    private static final Pattern EXPIRY_DATE = Pattern.compile("\\bexpiry-date\\s*=\\s*\"([^\"]*)\"");

    /** In {@code x-amz-restore}. */
    private static final Pattern ONGOING = Pattern.compile("\\bongoing-request\\s*=\\s*\"(true|false)\"");

    private AvailabilityHeaders() {}

    /**
     * {@code x-amz-expiration} is about the current version: where a bucket has versions, its expiration adds a delete
     * marker, and a link that names a version still opens it. S3 deletes on the date that it names or later, never
     * before it.
     *
     * @param versionId the version that was asked for; null for the current one
     */
    static Availability of(HeadObjectResponse head, @Nullable String versionId) {
        String archive = archive(head);
        Restore restore = restore(head.restore());
        if (archive != null && restore != Restore.ENDED) {
            return new Availability.Archived(
                    (restore == Restore.UNDER_WAY ? "is being restored from " : "is archived in ") + archive);
        }
        Instant restoredUntil = archive == null ? null : expiryDate(head.restore());
        Instant keptUntil = versionId == null || versionId.equals("null") ? expiryDate(head.expiration()) : null;
        return new Availability.Readable(earlier(restoredUntil, keptUntil));
    }

    private static @Nullable String archive(HeadObjectResponse head) {
        if (head.archiveStatusAsString() != null) {
            // An object of the class INTELLIGENT_TIERING. When it is restored it leaves the archive, and this header
            // goes.
            return head.archiveStatusAsString();
        }
        String storageClass = head.storageClassAsString();
        return storageClass != null && ARCHIVES.contains(storageClass) ? storageClass : null;
    }

    private enum Restore {
        NONE,
        UNDER_WAY,
        ENDED
    }

    private static Restore restore(@Nullable String header) {
        Matcher ongoing = ONGOING.matcher(header == null ? "" : header);
        if (!ongoing.find()) {
            return Restore.NONE;
        }
        return ongoing.group(1).equals("true") ? Restore.UNDER_WAY : Restore.ENDED;
    }

    private static @Nullable Instant expiryDate(@Nullable String header) {
        Matcher date = EXPIRY_DATE.matcher(header == null ? "" : header);
        if (!date.find()) {
            return null;
        }
        try {
            return DateTimeFormatter.RFC_1123_DATE_TIME.parse(date.group(1).strip(), Instant::from);
        } catch (DateTimeException unreadable) {
            return null;
        }
    }

    private static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
        return one == null || (other != null && other.isBefore(one)) ? other : one;
    }
}
