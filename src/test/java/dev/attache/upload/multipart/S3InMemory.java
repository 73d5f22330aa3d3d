package dev.attache.upload.multipart;

import dev.attache.contract.value.ObjectRef;
import dev.attache.contract.value.RejectedException;
import dev.attache.contract.value.RejectionCode;
import dev.attache.storage.Availability;
import dev.attache.storage.ObjectCatalog;
import dev.attache.storage.StoredObject;
import dev.attache.storage.multipart.MultipartObjects;
import dev.attache.storage.multipart.StoredPart;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;

/** One bucket whose multipart uploads behave as those of S3, but with parts of any size. */
public final class S3InMemory implements MultipartObjects, ObjectCatalog {

    private final Clock clock;

    public final Map<String, Pending> pending = new LinkedHashMap<>();

    public final Map<String, Stored> objects = new HashMap<>();

    private int started;

    public S3InMemory(Clock clock) {
        this.clock = clock;
    }

    /** A multipart upload that was neither completed nor aborted. */
    public record Pending(CreateMultipartUploadRequest request, TreeMap<Integer, Content> parts) {}

    /** A stored part. */
    public record Content(byte[] bytes, String sha256, Instant at) {

        String eTag() {
            return '"' + HexFormat.of().formatHex(digest("MD5", bytes)) + '"';
        }
    }

    /** An object of a multipart upload. */
    public record Stored(byte[] bytes, CreateMultipartUploadRequest request, String checksum, Instant at) {}

    @Override
    public String create(CreateMultipartUploadRequest request) {
        String id = "multipart-" + ++started;
        pending.put(id, new Pending(request, new TreeMap<>()));
        return id;
    }

    /** UploadPart, with a link. Returns whether the multipart upload exists. */
    public boolean putPart(String uploadId, int number, byte[] bytes) {
        Pending upload = pending.get(uploadId);
        if (upload == null) {
            return false;
        }
        upload.parts().put(number, new Content(bytes, sha256(bytes), clock.instant()));
        return true;
    }

    @Override
    public Optional<List<StoredPart>> parts(ObjectRef object, String uploadId) {
        return Optional.ofNullable(pending.get(uploadId)).map(upload -> {
            List<StoredPart> parts = new ArrayList<>();
            upload.parts()
                    .forEach((number, part) -> parts.add(
                            new StoredPart(number, part.bytes().length, part.eTag(), part.sha256(), part.at())));
            return parts;
        });
    }

    @Override
    public Completion complete(ObjectRef object, String uploadId, long size, List<StoredPart> parts) {
        Pending upload = pending.get(uploadId);
        if (upload == null) {
            return Completion.NO_SUCH_UPLOAD;
        }
        if (objects.containsKey(object.key())) {
            return Completion.KEY_TAKEN;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (StoredPart part : parts) {
            Content content = upload.parts().get(part.number());
            if (content == null
                    || !content.eTag().equals(part.eTag())
                    || !content.sha256().equals(part.sha256())) {
                return Completion.PARTS_CHANGED;
            }
            bytes.writeBytes(content.bytes());
        }
        if (bytes.size() != size) {
            throw new IllegalStateException("InvalidRequest: the object has another size");
        }
        pending.remove(uploadId);
        objects.put(
                object.key(),
                new Stored(
                        bytes.toByteArray(),
                        upload.request(),
                        PartChecksums.composite(parts).orElseThrow(),
                        clock.instant()));
        return Completion.COMPLETED;
    }

    @Override
    public void abort(ObjectRef object, String uploadId) {
        pending.remove(uploadId);
    }

    @Override
    public Optional<String> checksum(ObjectRef object) {
        return Optional.ofNullable(objects.get(object.key())).map(Stored::checksum);
    }

    @Override
    public StoredObject find(ObjectRef object) {
        return findFresh(object);
    }

    @Override
    public StoredObject findFresh(ObjectRef object) {
        Stored stored = objects.get(object.key());
        if (stored == null) {
            throw new RejectedException(RejectionCode.OBJECT_NOT_FOUND, object.toString());
        }
        return new StoredObject(
                object,
                stored.bytes().length,
                stored.request().contentType(),
                stored.checksum(),
                stored.at(),
                Availability.UNLIMITED,
                metadata(stored, "file-name"),
                metadata(stored, "file-id"),
                false);
    }

    private static @Nullable String metadata(Stored stored, String name) {
        return stored.request().metadata().get(name);
    }

    @Override
    public InputStream open(StoredObject stored, long from, int length) {
        throw new AssertionError("No file is read");
    }

    public static String sha256(byte[] bytes) {
        return Base64.getEncoder().encodeToString(digest("SHA-256", bytes));
    }

    private static byte[] digest(String algorithm, byte[] bytes) {
        try {
            return MessageDigest.getInstance(algorithm).digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
