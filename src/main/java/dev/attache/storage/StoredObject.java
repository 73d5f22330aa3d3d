package dev.attache.storage;

import dev.attache.contract.value.Lifetimes;
import dev.attache.contract.value.ObjectRef;
import dev.attache.contract.value.RejectedException;
import dev.attache.contract.value.RejectionCode;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An object, from the response to a HEAD request.
 *
 * @param object bucket, key and, in a bucket with versioning, version id
 * @param eTag without quotes
 * @param availability whether S3 can read the object, and until when
 * @param fileName the file name in its metadata, safe to show; null if there is none
 * @param fileId the id of the file in its metadata, see {@link FileNameMetadata}; null if there is none
 * @param replica whether S3 replicated the object from another bucket ("Getting replication status information")
 */
public record StoredObject(
        ObjectRef object,
        long contentLength,
        String contentType,
        String eTag,
        Instant lastModified,
        Availability availability,
        @Nullable String fileName,
        @Nullable String fileId,
        boolean replica) {

    /** An object without a file name that is not a replica. */
    public StoredObject(
            ObjectRef object,
            long contentLength,
            String contentType,
            String eTag,
            Instant lastModified,
            Availability availability) {
        this(object, contentLength, contentType, eTag, lastModified, availability, null, null, false);
    }

    /** @throws RejectedException {@code OBJECT_ARCHIVED} */
    public void requireReadable() {
        if (availability instanceof Availability.Archived archived) {
            throw new RejectedException(
                    RejectionCode.OBJECT_ARCHIVED,
                    "Object " + ObjectKeys.quoted(object.toString()) + " "
                            + archived.where()
                            + ", and no link opens it before it is restored. Restore it, and send the event again when"
                            + " S3 has done so");
        }
    }

    /**
     * The lifetime of a link to this object: the requested one, or less if S3 may delete the object earlier.
     *
     * @param minimum the shortest lifetime of a useful link
     * @throws RejectedException {@code OBJECT_ARCHIVED}, or {@code OBJECT_EXPIRES_TOO_SOON} if S3 may delete the object
     *     or its restored copy within the shorter of {@code minimum} and {@code lifetime}
     */
    public Duration linkLifetime(Duration lifetime, Duration minimum, Instant now) {
        requireReadable();
        if (!(availability instanceof Availability.Readable(Instant until)) || until == null) {
            return lifetime;
        }
        Duration left = Duration.between(now, until);
        if (left.compareTo(lifetime) >= 0) {
            return lifetime;
        }
        if (left.compareTo(minimum) < 0) {
            throw new RejectedException(
                    RejectionCode.OBJECT_EXPIRES_TOO_SOON,
                    ("Object %s can be read until %s, by its bucket's lifecycle rules or because it was restored for a"
                        + " time, but a link to it must be valid for at least %s. Keep it for longer, or restore it"
                        + " again, and send the event again")
                            .formatted(ObjectKeys.quoted(object.toString()), until, Lifetimes.text(minimum)));
        }
        return left;
    }
}
