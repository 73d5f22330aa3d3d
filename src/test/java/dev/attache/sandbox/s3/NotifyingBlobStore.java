package dev.attache.sandbox.s3;

import com.google.common.util.concurrent.Striped;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Lock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import org.gaul.s3proxy.blobstore.S3Exceptions;
import org.gaul.s3proxy.blobstore.domain.MultipartUpload;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.Part;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/**
 * A blob store that reports every object that it has stored, and checks the condition of a write under a lock on the
 * key. S3Proxy itself checks {@code If-Match} with a HEAD and then writes, so that several concurrent writes succeed;
 * in S3 one does (Amazon S3 User Guide, "How to prevent object overwrites with conditional writes"). S3Proxy reads
 * date, ETag and content one after the other, and can mix two versions; here, as in S3, a read returns one version.
 */
public final class NotifyingBlobStore extends ForwardingBlobStore {

    // Multipart uploads in progress are stored as objects with this name.
    private static final String BOOKKEEPING_PREFIX = ".s3proxy-mpu-stub-";

    private final Consumer<ObjectCreated> listener;
    private final Clock clock;
    private final Striped<Lock> locks = Striped.lazyWeakLock(1 << 16);
    private final AtomicLong sequence;
    private final PendingMultiparts multiparts;

    /** @param listener called in the order of the writes to a key, before the response to the write; must not block */
    public NotifyingBlobStore(
            BlobStore delegate, Consumer<ObjectCreated> listener, PendingMultiparts multiparts, Clock clock) {
        super(delegate);
        this.multiparts = multiparts;
        this.listener = listener;
        this.clock = clock;
        this.sequence = new AtomicLong(clock.millis() << 20);
    }

    @Override
    public PutObjectResponse putBlob(PutObjectRequest request, InputStream payload) {
        // Read before locking: a slow client must not block other writes to the key.
        var body = readFully(payload);
        return locked(request.bucket(), request.key(), () -> {
            if (request.ifMatch() != null) {
                requireETag(request.bucket(), request.key(), request.ifMatch());
            }
            if ("*".equals(request.ifNoneMatch()) && blobExists(request.bucket(), request.key())) {
                throw S3Exceptions.preconditionFailed(null);
            }
            var response = super.putBlob(request, new ByteArrayInputStream(body));
            tell("Put", request.bucket(), request.key(), body.length, response.eTag(), response.versionId());
            return response;
        });
    }

    /** Opened under the lock, and read without it: the content of an open file does not change. */
    @Override
    public ResponseInputStream<GetObjectResponse> getBlob(GetObjectRequest request) {
        return locked(request.bucket(), request.key(), () -> super.getBlob(request));
    }

    @Override
    public HeadObjectResponse blobMetadata(HeadObjectRequest request) {
        return locked(request.bucket(), request.key(), () -> super.blobMetadata(request));
    }

    @Override
    public CopyObjectResponse copyBlob(CopyObjectRequest request) {
        var bucket = request.destinationBucket();
        var key = request.destinationKey();
        return locked(bucket, key, () -> {
            var response = super.copyBlob(request);
            tell(
                    "Copy",
                    bucket,
                    key,
                    head(bucket, key).contentLength(),
                    response.copyObjectResult().eTag(),
                    response.versionId());
            return response;
        });
    }

    @Override
    public MultipartUpload initiateMultipartUpload(CreateMultipartUploadRequest request) {
        var upload = super.initiateMultipartUpload(request);
        multiparts.started(upload.id());
        return upload;
    }

    @Override
    public UploadPartResponse uploadMultipartPart(
            MultipartUpload upload, UploadPartRequest request, InputStream payload) {
        // Read before locking: a slow client must not block other parts.
        var body = readFully(payload);
        return locked(upload.containerName(), upload.blobName(), () -> {
            multiparts.require(upload.id());
            var response = super.uploadMultipartPart(upload, request, new ByteArrayInputStream(body));
            multiparts.stored(upload.id(), request.partNumber(), request.checksumSHA256());
            return response;
        });
    }

    @Override
    public List<Part> listMultipartUpload(MultipartUpload upload) {
        multiparts.require(upload.id());
        return super.listMultipartUpload(upload).stream()
                .map(part -> part.toBuilder()
                        .checksumSHA256(multiparts.checksum(upload.id(), part.partNumber()))
                        .build())
                .toList();
    }

    @Override
    public void abortMultipartUpload(MultipartUpload upload) {
        locked(upload.containerName(), upload.blobName(), () -> {
            multiparts.require(upload.id());
            super.abortMultipartUpload(upload);
            multiparts.ended(upload.id());
            return true;
        });
    }

    @Override
    public CompleteMultipartUploadResponse completeMultipartUpload(
            MultipartUpload upload, CompleteMultipartUploadRequest request) {
        var bucket = upload.containerName();
        var key = upload.blobName();
        return locked(bucket, key, () -> {
            requireParts(upload, request.multipartUpload().parts());
            var response = super.completeMultipartUpload(upload, request);
            multiparts.ended(upload.id());
            tell(
                    "CompleteMultipartUpload",
                    bucket,
                    key,
                    head(bucket, key).contentLength(),
                    response.eTag(),
                    response.versionId());
            return response;
        });
    }

    @Override
    public DeleteObjectResponse removeBlob(DeleteObjectRequest request) {
        return locked(request.bucket(), request.key(), () -> super.removeBlob(request));
    }

    private void requireParts(MultipartUpload upload, List<CompletedPart> parts) {
        multiparts.require(upload.id());
        parts.forEach(part -> multiparts.requireChecksum(upload.id(), part));
        var sizes = super.listMultipartUpload(upload).stream().collect(Collectors.toMap(Part::partNumber, Part::size));
        multiparts.requireSize(
                parts.stream().mapToLong(part -> sizes.get(part.partNumber())).sum());
    }

    private void requireETag(String bucket, String key, String expected) {
        try {
            var eTag = head(bucket, key).eTag();
            if (!expected.equals("*") && !unquoted(expected).equals(unquoted(eTag))) {
                throw S3Exceptions.preconditionFailed(null);
            }
        } catch (NoSuchKeyException absent) {
            // S3 answers 404 to an If-Match if there is no object.
            throw S3Exceptions.noSuchKey(bucket, key, "If-Match on an absent key");
        }
    }

    private HeadObjectResponse head(String bucket, String key) {
        return blobMetadata(HeadObjectRequest.builder().bucket(bucket).key(key).build());
    }

    private void tell(String operation, String bucket, String key, long size, String eTag, @Nullable String versionId) {
        if (!key.startsWith(BOOKKEEPING_PREFIX)) {
            listener.accept(new ObjectCreated(
                    operation,
                    bucket,
                    key,
                    size,
                    unquoted(eTag),
                    "%016X".formatted(sequence.incrementAndGet()),
                    versionId,
                    clock.instant()));
        }
    }

    private <T> T locked(String bucket, String key, Supplier<T> work) {
        var lock = locks.get(bucket + '/' + key);
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    private static byte[] readFully(InputStream payload) {
        try (payload) {
            // Not readAllBytes, which also reads 0 bytes: S3Proxy's stream fails then, after it has checked a checksum.
            var body = new ByteArrayOutputStream();
            payload.transferTo(body);
            return body.toByteArray();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static String unquoted(String eTag) {
        return eTag.replace("\"", "");
    }
}
