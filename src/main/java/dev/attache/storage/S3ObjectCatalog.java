package dev.attache.storage;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import dev.attache.contract.value.ObjectRef;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ReplicationStatus;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Looks objects up with HEAD requests and caches the responses. Failures of S3 (throttling, 5xx, the network) are
 * thrown as the SDK's exceptions, which are transient.
 */
public final class S3ObjectCatalog implements ObjectCatalog {

    private static final Duration UNTIL_COMPLETE = Duration.ofNanos(Long.MAX_VALUE);

    private final S3Client s3;

    private final ObjectAccess access;

    private final S3ObjectErrors errors;

    /**
     * Concurrent lookups of one object share one request. The time to live starts with the response; a failed lookup is
     * removed.
     */
    private final Cache<ObjectRef, CompletableFuture<StoredObject>> lookups;

    public S3ObjectCatalog(S3Client s3, Duration ttl, int size, Clock clock) {
        this(s3, new ObjectAccess(s3, true), ttl, size, clock);
    }

    public S3ObjectCatalog(S3Client s3, ObjectAccess access, Duration ttl, int size, Clock clock) {
        this.s3 = s3;
        this.access = access;
        this.errors = new S3ObjectErrors(access);
        this.lookups = Caffeine.newBuilder()
                .maximumSize(size)
                .expireAfter(Expiry.<ObjectRef, CompletableFuture<StoredObject>>writing(
                        (object, lookup) -> lookup.isDone() ? ttl : UNTIL_COMPLETE))
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                .executor(Runnable::run)
                .build();
    }

    // Only the thread whose own future is in the cache asks S3.
    @SuppressWarnings("ReferenceEquality")
    @Override
    public StoredObject find(ObjectRef object) {
        CompletableFuture<StoredObject> own = new CompletableFuture<>();
        CompletableFuture<StoredObject> lookup = Objects.requireNonNull(lookups.get(object, absent -> own));
        return lookup == own ? look(object, own) : await(lookup);
    }

    @Override
    public StoredObject findFresh(ObjectRef object) {
        CompletableFuture<StoredObject> own = new CompletableFuture<>();
        lookups.put(object, own);
        return look(object, own);
    }

    private StoredObject look(ObjectRef object, CompletableFuture<StoredObject> lookup) {
        try {
            StoredObject stored = head(object);
            lookup.complete(stored);
            // Writes the completed lookup again, which starts its time to live.
            lookups.asMap().replace(object, lookup, lookup);
            return stored;
        } catch (Throwable e) {
            lookups.asMap().remove(object, lookup);
            lookup.completeExceptionally(e);
            throw e;
        }
    }

    private static StoredObject await(CompletableFuture<StoredObject> lookup) {
        try {
            return lookup.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : e;
        }
    }

    /**
     * "GetObject": 412 if the ETag differs from that in {@code If-Match}. A server may ignore {@code Range} and send
     * the whole content without {@code Content-Range} (RFC 9110, section 14.2); the bytes before the range are then
     * skipped.
     */
    @Override
    public InputStream open(StoredObject stored, long from, int length) {
        ObjectRef object = stored.object();
        try {
            ResponseInputStream<GetObjectResponse> response = call(
                    object,
                    () -> s3.getObject(it -> it.bucket(object.bucket())
                            .key(object.key())
                            .versionId(object.versionId())
                            .ifMatch(stored.eTag().isEmpty() ? null : "\"" + stored.eTag() + "\"")
                            .range("bytes=" + from + "-" + (from + length - 1))
                            .overrideConfiguration(access::markLookup)));
            if (response.response().contentRange() == null) {
                response.skipNBytes(from);
            }
            return new ObjectContent(response);
        } catch (S3Exception e) {
            if (e.statusCode() == 412) {
                throw new ObjectChangedException(object);
            }
            throw e;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private StoredObject head(ObjectRef object) {
        return call(
                object,
                () -> describe(
                        object,
                        withCause(
                                object,
                                () -> s3.headObject(it -> it.bucket(object.bucket())
                                        .key(object.key())
                                        .versionId(object.versionId())
                                        .overrideConfiguration(access::markLookup)))));
    }

    /**
     * The response to a HEAD has no body, and 400 and 404 have many causes: an invalid version id, an expired session
     * token, an object that is encrypted with a key of its owner, a deleted bucket. A GET of one byte names the cause.
     * If it succeeds, the cause is over, for example because credentials were renewed, and the HEAD is repeated.
     */
    private HeadObjectResponse withCause(ObjectRef object, Supplier<HeadObjectResponse> head) {
        try {
            return head.get();
        } catch (S3Exception e) {
            if (e.statusCode() != 400 && e.statusCode() != 404) {
                throw e;
            }
        }
        requireReadable(object);
        return head.get();
    }

    /** @throws S3Exception why the object cannot be read */
    private void requireReadable(ObjectRef object) {
        try (var _ = s3.getObject(it -> it.bucket(object.bucket())
                .key(object.key())
                .versionId(object.versionId())
                .range("bytes=0-0")
                .overrideConfiguration(ObjectAccess::markRead))) {
            // It is readable; the content does not matter.
        } catch (S3Exception e) {
            // 416: it is empty, and was created since the HEAD.
            if (e.statusCode() != 416) {
                throw e;
            }
        } catch (IOException e) {
            // The connection could not be closed; S3 has answered.
        }
    }

    private <T> T call(ObjectRef object, Supplier<T> call) {
        try {
            T response = call.get();
            access.recordReadable(object);
            return response;
        } catch (S3Exception e) {
            throw errors.translated(object, e);
        }
    }

    private static StoredObject describe(ObjectRef object, HeadObjectResponse head) {
        String version =
                head.versionId() == null || head.versionId().equals("null") ? object.versionId() : head.versionId();
        return new StoredObject(
                new ObjectRef(object.bucket(), object.key(), version),
                head.contentLength() == null ? 0 : head.contentLength(),
                head.contentType() == null ? "application/octet-stream" : head.contentType(),
                unquoted(head.eTag()),
                head.lastModified() == null ? Instant.EPOCH : head.lastModified(),
                AvailabilityHeaders.of(head, object.versionId()),
                FileNameMetadata.read(head.metadata().get(FileNameMetadata.METADATA)),
                FileNameMetadata.readId(head.metadata().get(FileNameMetadata.ID_METADATA)),
                head.replicationStatus() == ReplicationStatus.REPLICA);
    }

    private static String unquoted(@Nullable String eTag) {
        return eTag == null ? "" : eTag.replace("\"", "");
    }
}
