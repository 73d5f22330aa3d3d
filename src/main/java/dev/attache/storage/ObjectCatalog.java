package dev.attache.storage;

import dev.attache.contract.value.ObjectRef;
import java.io.InputStream;

/** Looks up objects in S3 and reads them. */
public interface ObjectCatalog {

    /**
     * Sends a HEAD request, or uses a recent response.
     *
     * @throws dev.attache.contract.value.RejectedException {@code OBJECT_NOT_FOUND}; {@code OBJECT_CUSTOMER_ENCRYPTED}
     *     if the object is encrypted with a key that its owner keeps (SSE-C); {@code OBJECT_ACCESS_DENIED} if S3
     *     refuses access to this object, but not to others
     * @throws ObjectsRefusedException if S3 refuses this worker access to all objects of the bucket, as far as is known
     * @throws ObjectFailingException if S3 fails on this object, but not on others
     */
    StoredObject find(ObjectRef object);

    /** Sends a HEAD request in any case: for objects that may just have been written. Throws the same exceptions. */
    StoredObject findFresh(ObjectRef object);

    /**
     * Streams a part of the object's content. The caller must close the stream. Throws the same exceptions.
     *
     * @param stored the object as it was found; its ETag must still be the same
     * @param from the index of the first byte, from 0
     * @param length the number of bytes, at least 1
     * @throws ObjectChangedException if the object has been overwritten since
     */
    InputStream open(StoredObject stored, long from, int length);
}
