package dev.attache.intake;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

import dev.attache.contract.ObjectRef;
import dev.attache.contract.RejectedException;
import dev.attache.contract.RejectionCode;
import dev.attache.link.ObjectCatalog;
import dev.attache.link.StoredObject;

/** What S3 would answer to HEAD. */
public final class BucketInMemory implements ObjectCatalog {

    static final Instant MODIFIED = Instant.parse("2026-11-21T10:00:00Z");

    private final Map<String, StoredObject> objects = new HashMap<>();

    public BucketInMemory with(String key, long contentLength, String contentType, String eTag) {
        objects.put(key, new StoredObject(new ObjectRef("attache", key, null), contentLength, contentType, eTag, null, MODIFIED));
        return this;
    }

    @Override
    public StoredObject find(ObjectRef object) {
        StoredObject stored = objects.get(object.key());
        if (stored == null) {
            throw new RejectedException(RejectionCode.OBJECT_NOT_FOUND, object + " does not exist");
        }
        return stored;
    }

    @Override
    public StoredObject findFresh(ObjectRef object) {
        return find(object);
    }
}
