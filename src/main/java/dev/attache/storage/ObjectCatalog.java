package dev.attache.storage;

import dev.attache.contract.value.ObjectRef;
import java.io.InputStream;

/** Looks objects up. */
public interface ObjectCatalog {

    /**
     * HEAD, remembered for a short while: for objects that are linked to again and again.
     *
     * @throws dev.attache.contract.value.RejectedException {@code OBJECT_NOT_FOUND}; {@code OBJECT_CUSTOMER_ENCRYPTED}
     *     for one that is encrypted with its owner's key (SSE-C); {@code OBJECT_ACCESS_DENIED} when S3 refuses this
     *     object alone
     * @throws ObjectsRefusedException when S3 refuses this worker all objects of the bucket
     */
    StoredObject find(ObjectRef object);

    /** HEAD, asked anew: for objects that have just been written. Same errors. */
    StoredObject findFresh(ObjectRef object);

    /**
     * Some of the object's content, to be read as it comes and closed by the caller, at its end or before. Same errors.
     *
     * @param stored as it was found: its ETag must be the same still
     * @param from the first byte, from 0
     * @param length how many bytes, at least 1
     * @throws ObjectChangedException when it has been written anew since
     */
    InputStream open(StoredObject stored, long from, int length);
}
