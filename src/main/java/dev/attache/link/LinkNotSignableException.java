package dev.attache.link;

import org.jspecify.annotations.Nullable;

/** The credentials at hand have too little life left. Others may be had in a moment, so this is worth another try. */
public final class LinkNotSignableException extends RuntimeException {

    public LinkNotSignableException(String message) {
        this(message, null);
    }

    public LinkNotSignableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
