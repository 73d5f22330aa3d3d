package dev.attache.binder.observation;

/**
 * Marks a span as failed. It has neither the text nor the stack trace of the real error, because they may contain
 * addresses, URLs and keys of objects.
 */
public final class ErrorWithoutText extends Exception {

    private static final long serialVersionUID = 1;

    /** @param type the code or the class of the error */
    public ErrorWithoutText(String type) {
        super(type, null, false, false);
    }
}
