package dev.attache.ledger.objects;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * A due index: empty objects at {@code <folder>/<UTC minute>/<name>}, such as {@code due/20261121T1015/0f8f…}. S3 lists
 * keys in the order of their bytes ("ListObjectsV2"), so the earliest come first. Directory buckets do not, and
 * therefore cannot contain a ledger.
 */
public final class S3DueIndex {

    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmm").withZone(ZoneOffset.UTC);

    /** The most keys in one response of S3. */
    private static final int PAGE = 1000;

    private final S3Client s3;

    private final String bucket;

    private final String folder;

    /** @param folder the index's own folder, ending with a slash */
    public S3DueIndex(S3Client s3, String bucket, String folder) {
        this.s3 = s3;
        this.bucket = bucket;
        this.folder = folder;
    }

    /**
     * A marker.
     *
     * @param minute when it is due, truncated to minutes
     * @param name without a slash
     */
    public record Marker(Instant minute, String name) {

        public Marker {
            minute = minute.truncatedTo(ChronoUnit.MINUTES);
        }
    }

    /** Writes a marker. Writing it again changes nothing, because it has no content. */
    public void add(Marker marker) {
        s3.putObject(
                it -> it.bucket(bucket)
                        .key(key(marker))
                        .contentType("text/plain")
                        .checksumCRC32(ConditionalObjects.crc32(new byte[0])),
                RequestBody.empty());
    }

    /** Removes a marker. Does nothing if it does not exist. */
    public void remove(Marker marker) {
        s3.deleteObject(it -> it.bucket(bucket).key(key(marker)));
    }

    /**
     * The markers that were due at this time, the earliest first.
     *
     * @param read converts a marker; empty for one that belongs to something else, which is left out
     */
    public <T> List<T> until(Instant time, int limit, Function<Marker, Optional<T>> read) {
        return list(folder, time, limit, read);
    }

    /** As {@link #until}, but only markers after {@code last}. */
    public <T> List<T> untilAfter(Marker last, Instant time, int limit, Function<Marker, Optional<T>> read) {
        return list(key(last), time, limit, read);
    }

    /** How many markers there are, due or not, at most {@code most}. S3 lists a thousand of them with one call. */
    public int count(int most) {
        ListObjectsV2Request request =
                ListObjectsV2Request.builder().bucket(bucket).prefix(folder).build();
        return Math.toIntExact(s3.listObjectsV2Paginator(request).contents().stream()
                .map(S3Object::key)
                .flatMap(this::marker)
                .limit(most)
                .count());
    }

    private <T> List<T> list(String after, Instant time, int limit, Function<Marker, Optional<T>> read) {
        // A marker's minute has passed when the next minute has begun.
        String latest = folder + MINUTE.format(time.minus(Duration.ofMinutes(1))) + "/~";
        ListObjectsV2Request request = ListObjectsV2Request.builder()
                .bucket(bucket)
                .prefix(folder)
                .startAfter(after)
                .maxKeys(Math.min(limit, PAGE))
                .build();
        return s3.listObjectsV2Paginator(request).contents().stream()
                .map(S3Object::key)
                .takeWhile(key -> key.compareTo(latest) < 0)
                .flatMap(this::marker)
                .flatMap(marker -> read.apply(marker).stream())
                .limit(limit)
                .toList();
    }

    private String key(Marker marker) {
        return folder + MINUTE.format(marker.minute()) + "/" + marker.name();
    }

    /** Returns an empty stream for an object that is not a marker. */
    private Stream<Marker> marker(String key) {
        String[] parts = key.substring(folder.length()).split("/", -1);
        return parts.length == 2
                ? minute(parts[0]).map(minute -> new Marker(minute, parts[1])).stream()
                : Stream.empty();
    }

    private static Optional<Instant> minute(String text) {
        try {
            return Optional.of(MINUTE.parse(text, Instant::from));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
