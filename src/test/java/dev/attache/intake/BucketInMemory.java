package dev.attache.intake;

import dev.attache.contract.value.ObjectRef;
import dev.attache.contract.value.RejectedException;
import dev.attache.contract.value.RejectionCode;
import dev.attache.storage.Availability;
import dev.attache.storage.ObjectCatalog;
import dev.attache.storage.ObjectChangedException;
import dev.attache.storage.StoredObject;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** S3's response to HEAD. */
public final class BucketInMemory implements ObjectCatalog {

    static final Instant MODIFIED = Instant.parse("2026-11-21T10:00:00Z");

    private final Map<String, StoredObject> objects = new HashMap<>();

    private final Map<ObjectRef, StoredObject> versions = new HashMap<>();

    private final Map<String, byte[]> contents = new HashMap<>();

    private final Map<String, RejectionCode> refused = new HashMap<>();

    private final Map<String, RejectionCode> refusedAlways = new HashMap<>();

    int opened;

    public BucketInMemory with(String key, long contentLength, String contentType, String eTag) {
        objects.put(
                key,
                new StoredObject(
                        new ObjectRef("attache", key, null),
                        contentLength,
                        contentType,
                        eTag,
                        MODIFIED,
                        Availability.UNLIMITED));
        return this;
    }

    /** Adds a version, which becomes the current one. */
    public BucketInMemory withVersion(String key, String versionId, Instant modified) {
        ObjectRef object = new ObjectRef("attache", key, versionId);
        StoredObject stored =
                new StoredObject(object, 500, "application/pdf", "e-" + versionId, modified, Availability.UNLIMITED);
        objects.put(key, stored);
        versions.put(object, stored);
        return this;
    }

    /** Changes an existing object. */
    public BucketInMemory withAvailability(String key, Availability availability) {
        objects.computeIfPresent(
                key,
                (same, stored) -> new StoredObject(
                        stored.object(),
                        stored.contentLength(),
                        stored.contentType(),
                        stored.eTag(),
                        stored.lastModified(),
                        availability));
        return this;
    }

    /** Changes when an existing object was written. */
    public BucketInMemory withModified(String key, Instant modified) {
        objects.computeIfPresent(
                key,
                (same, stored) -> new StoredObject(
                        stored.object(),
                        stored.contentLength(),
                        stored.contentType(),
                        stored.eTag(),
                        modified,
                        stored.availability()));
        return this;
    }

    /** From now on, for every call. */
    public BucketInMemory refusing(String key, RejectionCode code) {
        refusedAlways.put(key, code);
        return this;
    }

    /** Changes an existing object. */
    BucketInMemory named(String key, String fileName) {
        objects.computeIfPresent(
                key,
                (same, stored) -> new StoredObject(
                        stored.object(),
                        stored.contentLength(),
                        stored.contentType(),
                        stored.eTag(),
                        stored.lastModified(),
                        stored.availability(),
                        fileName,
                        stored.fileId(),
                        false));
        return this;
    }

    /** Changes an existing object. */
    BucketInMemory replicated(String key) {
        objects.computeIfPresent(
                key,
                (same, stored) -> new StoredObject(
                        stored.object(),
                        stored.contentLength(),
                        stored.contentType(),
                        stored.eTag(),
                        stored.lastModified(),
                        stored.availability(),
                        stored.fileName(),
                        stored.fileId(),
                        true));
        return this;
    }

    /**
     * From now on, whether or not it is there; {@link #findFresh} and {@link #open} still work, as for a permission
     * that ends in between.
     */
    BucketInMemory refusingToFind(String key, RejectionCode code) {
        refused.put(key, code);
        return this;
    }

    void allowingToFind(String key) {
        refused.remove(key);
    }

    public void delete(String key) {
        objects.remove(key);
        versions.keySet().removeIf(version -> version.key().equals(key));
    }

    BucketInMemory with(String key, String content) {
        return with(key, content.getBytes(StandardCharsets.UTF_8));
    }

    BucketInMemory with(String key, byte[] content) {
        return with(key, content, "e");
    }

    BucketInMemory with(String key, byte[] content, String eTag) {
        contents.put(key, content);
        return with(key, content.length, "application/x-ndjson", eTag);
    }

    @Override
    public StoredObject find(ObjectRef object) {
        if (refused.containsKey(object.key())) {
            throw new RejectedException(refused.get(object.key()), object + " is refused");
        }
        return findFresh(object);
    }

    @Override
    public StoredObject findFresh(ObjectRef object) {
        if (refusedAlways.containsKey(object.key())) {
            throw new RejectedException(refusedAlways.get(object.key()), object + " is refused");
        }
        StoredObject stored = object.versionId() == null ? objects.get(object.key()) : versions.get(object);
        if (stored == null) {
            throw new RejectedException(RejectionCode.OBJECT_NOT_FOUND, object + " does not exist");
        }
        return stored;
    }

    @Override
    public InputStream open(StoredObject stored, long from, int length) {
        if (!findFresh(stored.object()).eTag().equals(stored.eTag())) {
            throw new ObjectChangedException(stored.object());
        }
        opened++;
        return new ByteArrayInputStream(contents.getOrDefault(stored.object().key(), new byte[0]), (int) from, length);
    }
}
