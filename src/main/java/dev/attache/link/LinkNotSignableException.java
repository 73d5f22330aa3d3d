package dev.attache.link;

/** The credentials at hand have too little life left. Others may be had in a moment, so this is worth another try. */
public final class LinkNotSignableException extends RuntimeException {

    public LinkNotSignableException(String message) {
        super(message);
    }
}
