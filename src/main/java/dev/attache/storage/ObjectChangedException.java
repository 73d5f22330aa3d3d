package dev.attache.storage;

import dev.attache.contract.value.ObjectRef;

/** An object is not the one any more that was found before: somebody has written it anew. */
public final class ObjectChangedException extends RuntimeException {

    public ObjectChangedException(ObjectRef object) {
        super("Object " + ObjectKeys.quoted(object.toString()) + " was written anew while it was read");
    }
}
