package dev.attache.link;

import org.jspecify.annotations.Nullable;

/** There are no credentials that are valid for long enough to sign a link. Transient: a retry may get fresh ones. */
public final class LinkNotSignableException extends RuntimeException {

    public LinkNotSignableException(String message) {
        this(message, null);
    }

    public LinkNotSignableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
