package dev.attache.link;

import dev.attache.contract.ObjectRef;

/** An object is not the one any more that was found before: somebody has written it anew. */
public final class ObjectChangedException extends RuntimeException {

    public ObjectChangedException(ObjectRef object) {
        super("Object " + ObjectKeys.quoted(object.toString()) + " was written anew while it was read");
    }
}
