package dev.attache.gateway.upload;

import dev.attache.contract.value.ObjectRef;
import dev.attache.contract.value.RejectedException;
import dev.attache.contract.value.RejectionCode;
import dev.attache.storage.Availability;
import dev.attache.storage.ObjectCatalog;
import dev.attache.storage.StoredObject;
import java.io.InputStream;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A bucket with the files that a test stores. */
final class StoredFiles implements ObjectCatalog {

    private final Map<ObjectRef, StoredObject> stored = new ConcurrentHashMap<>();

    /** Whether HEAD does not find what is stored. */
    volatile boolean hidden;

    void add(String key, @Nullable String name, long size) {
        add(key, name, size, null);
    }

    /** @param fileId of the file that the page described; null if it is not in the object's metadata */
    void add(String key, @Nullable String name, long size, @Nullable String fileId) {
        ObjectRef object = new ObjectRef("files", key, null);
        stored.put(
                object,
                new StoredObject(
                        object,
                        size,
                        "application/pdf",
                        "etag",
                        UploadPageFixture.NOW,
                        Availability.UNLIMITED,
                        name,
                        fileId,
                        false));
    }

    boolean has(String key) {
        return stored.containsKey(new ObjectRef("files", key, null));
    }

    @Override
    public StoredObject find(ObjectRef object) {
        throw new AssertionError("The page must not use cached answers");
    }

    @Override
    public StoredObject findFresh(ObjectRef object) {
        StoredObject found = stored.get(object);
        if (found == null || hidden) {
            throw new RejectedException(RejectionCode.OBJECT_NOT_FOUND, object.toString());
        }
        return found;
    }

    @Override
    public InputStream open(StoredObject stored, long from, int length) {
        throw new AssertionError("The page must not read files");
    }
}
