package dev.attache.storage;

import dev.attache.contract.value.ObjectRef;

/** An object was overwritten between its lookup and the reading of its content. */
public final class ObjectChangedException extends RuntimeException {

    public ObjectChangedException(ObjectRef object) {
        super("Object " + ObjectKeys.quoted(object.toString()) + " was overwritten while it was read");
    }
}
