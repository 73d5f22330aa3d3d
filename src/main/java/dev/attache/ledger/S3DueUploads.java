package dev.attache.ledger;

import dev.attache.ledger.objects.ConditionalObjects;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * The due index: empty objects at {@code due/<UTC minute>/<upload id>}, such as {@code due/20261121T1015/0f8f…}, in the
 * ledger's folder. S3 lists keys in the order of their bytes ("ListObjectsV2"), so the earliest come first. Directory
 * buckets do not, and therefore cannot contain a ledger.
 */
final class S3DueUploads implements DueUploads {

    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmm").withZone(ZoneOffset.UTC);

    /** The most keys in one response of S3. */
    private static final int PAGE = 1000;

    private final S3Client s3;

    private final String bucket;

    private final String prefix;

    S3DueUploads(S3Client s3, String bucket, String prefix) {
        this.s3 = s3;
        this.bucket = bucket;
        this.prefix = prefix + "due/";
    }

    /** Writes an upload's marker. Writing it again changes nothing, because it has no content. */
    void add(UUID id, Instant expiresAt) {
        s3.putObject(
                it -> it.bucket(bucket)
                        .key(key(new Due(expiresAt, id)))
                        .contentType("text/plain")
                        .checksumCRC32(ConditionalObjects.crc32(new byte[0])),
                RequestBody.empty());
    }

    @Override
    public List<Due> until(Instant time, int limit) {
        return list(prefix, time, limit);
    }

    @Override
    public List<Due> untilAfter(Due last, Instant time, int limit) {
        return list(key(last), time, limit);
    }

    private List<Due> list(String after, Instant time, int limit) {
        // A marker's minute has passed when the next minute has begun.
        String latest = prefix + MINUTE.format(time.minus(Duration.ofMinutes(1))) + "/~";
        ListObjectsV2Request request = ListObjectsV2Request.builder()
                .bucket(bucket)
                .prefix(prefix)
                .startAfter(after)
                .maxKeys(Math.min(limit, PAGE))
                .build();
        return s3.listObjectsV2Paginator(request).contents().stream()
                .map(S3Object::key)
                .takeWhile(key -> key.compareTo(latest) < 0)
                .flatMap(this::due)
                .limit(limit)
                .toList();
    }

    @Override
    public void remove(Due due) {
        s3.deleteObject(it -> it.bucket(bucket).key(key(due)));
    }

    private String key(Due due) {
        return prefix + MINUTE.format(due.minute()) + "/" + due.id();
    }

    /** Returns an empty stream for an object that is not a marker. */
    private Stream<Due> due(String key) {
        String[] parts = key.substring(prefix.length()).split("/", -1);
        if (parts.length != 2) {
            return Stream.empty();
        }
        return Optional.of(parts[0])
                .flatMap(S3DueUploads::minute)
                .flatMap(minute -> id(parts[1]).map(id -> new Due(minute, id)))
                .stream();
    }

    private static Optional<Instant> minute(String text) {
        try {
            return Optional.of(MINUTE.parse(text, Instant::from).truncatedTo(ChronoUnit.MINUTES));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<UUID> id(String text) {
        try {
            return Optional.of(UUID.fromString(text)).filter(id -> id.toString().equals(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
