package dev.attache.delivery;

import dev.attache.contract.value.ObjectRef;
import dev.attache.contract.value.RejectedException;
import dev.attache.storage.Availability;
import dev.attache.storage.ObjectCatalog;
import dev.attache.storage.StoredObject;
import java.io.InputStream;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A catalog that has every object with the given availability, or none. */
final class InMemoryObjects implements ObjectCatalog {

    Availability availability = Availability.UNLIMITED;

    @Nullable
    RejectedException absence;

    @Override
    public StoredObject find(ObjectRef object) {
        if (absence != null) {
            throw absence;
        }
        return new StoredObject(object, 48_211, "application/pdf", "e1", Instant.EPOCH, availability);
    }

    @Override
    public StoredObject findFresh(ObjectRef object) {
        return find(object);
    }

    @Override
    public InputStream open(StoredObject stored, long from, int length) {
        throw new AssertionError("Mails must not read objects");
    }
}
