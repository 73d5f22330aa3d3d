package dev.attache.gateway.upload;

import dev.attache.contract.value.ObjectRef;
import dev.attache.contract.value.RejectedException;
import dev.attache.contract.value.RejectionCode;
import dev.attache.storage.Availability;
import dev.attache.storage.ObjectCatalog;
import dev.attache.storage.StoredObject;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A bucket with the files that a test stores. */
final class StoredFiles implements ObjectCatalog {

    private final Map<ObjectRef, StoredObject> stored = new HashMap<>();

    void add(String key, @Nullable String name, long size) {
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
                        null,
                        false));
    }

    @Override
    public StoredObject find(ObjectRef object) {
        throw new AssertionError("The page must not use cached answers");
    }

    @Override
    public StoredObject findFresh(ObjectRef object) {
        StoredObject found = stored.get(object);
        if (found == null) {
            throw new RejectedException(RejectionCode.OBJECT_NOT_FOUND, object.toString());
        }
        return found;
    }

    @Override
    public InputStream open(StoredObject stored, long from, int length) {
        throw new AssertionError("The page must not read files");
    }
}
