package dev.attache.storage;

import dev.attache.contract.value.Lifetimes;
import dev.attache.contract.value.ObjectRef;
import dev.attache.contract.value.RejectedException;
import dev.attache.contract.value.RejectionCode;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An object as S3 describes it in answer to HEAD.
 *
 * @param object its coordinates, with the version id where the bucket has versions
 * @param eTag without quotes
 * @param availability whether a link could open it, and until when
 * @param fileName what people call it, where its metadata say so; fit to be shown
 * @param replica whether S3 has copied it here from another bucket ("Getting replication status information")
 */
public record StoredObject(
        ObjectRef object,
        long contentLength,
        String contentType,
        String eTag,
        Instant lastModified,
        Availability availability,
        @Nullable String fileName,
        boolean replica) {

    /** One without a name, that is no replica. */
    public StoredObject(
            ObjectRef object,
            long contentLength,
            String contentType,
            String eTag,
            Instant lastModified,
            Availability availability) {
        this(object, contentLength, contentType, eTag, lastModified, availability, null, false);
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
     * How long a link to it can live that should live this long: no longer than the object.
     *
     * @param minimum the shortest lifetime that is still worth issuing
     * @throws RejectedException {@code OBJECT_ARCHIVED}, or {@code OBJECT_EXPIRES_TOO_SOON} when S3 deletes it, or the
     *     restored copy of it, before {@code minimum}, or {@code lifetime} if that is shorter, has passed
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
                        + " time, but a link to it must live for %s at least. Keep it for longer, or restore it again,"
                        + " and send the event again")
                            .formatted(ObjectKeys.quoted(object.toString()), until, Lifetimes.text(minimum)));
        }
        return left;
    }
}
