package dev.attache.ledger.objects;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.zip.CRC32;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/** The operations of S3 that the ledger uses. Conditional writes are atomic, as in S3 and unlike in some emulators. */
public final class InMemoryS3 implements S3Client {

    public final NavigableMap<String, byte[]> objects = new TreeMap<>();

    /** What goes wrong with the next writes, in order. */
    public final Queue<Trouble> troubles = new ConcurrentLinkedQueue<>();

    /** S3's clock. Dates in responses are truncated to seconds, as in HTTP. */
    public Instant now = Instant.parse("2026-11-21T09:00:00Z");

    /** Whether responses have a date. */
    public boolean dated = true;

    public int gets;

    /** The keys of all GETs, in order. */
    public final List<String> asked = new ArrayList<>();

    public int puts;

    public int lists;

    private final Map<String, Instant> modified = new HashMap<>();

    public enum Trouble {
        /** Nothing: the write succeeds. */
        NONE,
        /** Another conditional write is under way. */
        CONFLICT,
        /**
         * The write succeeds and its response is lost. The SDK retries, and S3 responds that the condition is not met.
         */
        ANSWER_LOST,
        /** S3 is unavailable. */
        UNAVAILABLE
    }

    /** Puts an empty object that the ledger did not write. */
    public void put(String key) {
        objects.put(key, new byte[0]);
        modified.put(key, now);
    }

    @Override
    public synchronized PutObjectResponse putObject(PutObjectRequest request, RequestBody body) {
        puts++;
        Trouble trouble = troubles.poll();
        if (trouble == Trouble.CONFLICT) {
            throw S3Exception.builder().statusCode(409).build();
        }
        if (trouble == Trouble.UNAVAILABLE) {
            throw S3Exception.builder().statusCode(503).build();
        }
        byte[] standing = objects.get(request.key());
        if (request.ifMatch() != null && standing == null) {
            throw NoSuchKeyException.builder().statusCode(404).build();
        }
        if (request.ifNoneMatch() != null && standing != null
                || request.ifMatch() != null && !request.ifMatch().equals(eTag(standing))) {
            throw S3Exception.builder().statusCode(412).build();
        }
        objects.put(request.key(), content(body));
        modified.put(request.key(), now);
        if (trouble == Trouble.ANSWER_LOST) {
            throw S3Exception.builder().statusCode(412).build();
        }
        return PutObjectResponse.builder()
                .eTag(eTag(objects.get(request.key())))
                .build();
    }

    @Override
    public synchronized <T> T getObject(
            GetObjectRequest request, ResponseTransformer<GetObjectResponse, T> transformer) {
        gets++;
        asked.add(request.key());
        byte[] content = objects.get(request.key());
        if (content == null) {
            throw NoSuchKeyException.builder().statusCode(404).build();
        }
        try {
            return transformer.transform(
                    (GetObjectResponse) GetObjectResponse.builder()
                            .eTag(eTag(content))
                            .lastModified(modified.get(request.key()).truncatedTo(ChronoUnit.SECONDS))
                            .sdkHttpResponse(http())
                            .build(),
                    AbortableInputStream.create(new ByteArrayInputStream(content)));
        } catch (Exception e) {
            throw SdkClientException.create("Unreadable", e);
        }
    }

    @Override
    public synchronized DeleteObjectResponse deleteObject(DeleteObjectRequest request) {
        objects.remove(request.key());
        return DeleteObjectResponse.builder().build();
    }

    @Override
    public synchronized ListObjectsV2Response listObjectsV2(ListObjectsV2Request request) {
        lists++;
        String after = request.continuationToken() == null ? request.startAfter() : request.continuationToken();
        List<String> keys = objects.tailMap(after == null ? request.prefix() : after, after == null).keySet().stream()
                .filter(key -> key.startsWith(request.prefix()))
                .toList();
        List<String> page = keys.stream()
                .limit(request.maxKeys() == null ? 1000 : request.maxKeys())
                .toList();
        boolean more = page.size() < keys.size();
        return ListObjectsV2Response.builder()
                .isTruncated(more)
                .nextContinuationToken(more ? page.getLast() : null)
                .contents(page.stream()
                        .map(key -> S3Object.builder()
                                .key(key)
                                .eTag(eTag(objects.get(key)))
                                .lastModified(modified.get(key))
                                .build())
                        .toList())
                .build();
    }

    private SdkHttpResponse http() {
        SdkHttpResponse.Builder answer = SdkHttpResponse.builder().statusCode(200);
        return (dated
                        ? answer.putHeader(
                                "Date", DateTimeFormatter.RFC_1123_DATE_TIME.format(now.atZone(ZoneOffset.UTC)))
                        : answer)
                .build();
    }

    private static String eTag(byte[] content) {
        CRC32 sum = new CRC32();
        sum.update(content);
        return "\"" + sum.getValue() + "\"";
    }

    private static byte[] content(RequestBody body) {
        try (InputStream stream = body.contentStreamProvider().newStream()) {
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String serviceName() {
        return "s3";
    }

    @Override
    public void close() {}
}
