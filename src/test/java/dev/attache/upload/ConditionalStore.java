package dev.attache.upload;

import dev.attache.contract.value.ObjectRef;
import dev.attache.contract.value.RejectedException;
import dev.attache.contract.value.RejectionCode;
import dev.attache.storage.Availability;
import dev.attache.storage.ObjectCatalog;
import dev.attache.storage.StoredObject;
import java.io.InputStream;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;

/** A bucket that stores one object per key, as with {@code If-None-Match: *}, and whose answers may be lost. */
final class ConditionalStore implements ObjectCatalog {

    final Map<String, StoredObject> objects = new LinkedHashMap<>();

    private final Faults faults;

    private final Clock clock;

    ConditionalStore(Faults faults, Clock clock) {
        this.faults = faults;
        this.clock = clock;
    }

    /** Stores a file, and returns false if the key has an object already. */
    boolean put(String key, ChosenFile file, String contentType) {
        StoredObject object = new StoredObject(
                new ObjectRef("attache", key, null),
                file.size(),
                contentType,
                "e-" + file.id(),
                clock.instant(),
                Availability.UNLIMITED,
                file.name(),
                file.id(),
                false);
        return objects.putIfAbsent(key, object) == null;
    }

    @Override
    public StoredObject find(ObjectRef object) {
        return findFresh(object);
    }

    @Override
    public StoredObject findFresh(ObjectRef object) {
        return faults.mayFail(() -> {
            StoredObject stored = objects.get(object.key());
            if (stored == null) {
                throw new RejectedException(RejectionCode.OBJECT_NOT_FOUND, object + " does not exist");
            }
            return stored;
        });
    }

    @Override
    public InputStream open(StoredObject stored, long from, int length) {
        throw new UnsupportedOperationException();
    }
}
