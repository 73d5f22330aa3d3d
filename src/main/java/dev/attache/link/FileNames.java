package dev.attache.link;

/** Makes file names that people chose safe to use. */
public final class FileNames {

    private FileNames() {
    }

    /**
     * A name for the last part of an object key: letters, digits, {@code . _ -} only, never empty, never starting with a
     * dot, at most 120 characters, its extension kept.
     */
    public static String safeForKey(String fileName) {
        throw new UnsupportedOperationException("written with the link room");
    }

    /**
     * A name to show to people: path parts, control, zero-width and bidirectional formatting characters removed, at most 200
     * characters; never empty.
     */
    public static String forDisplay(String fileName) {
        throw new UnsupportedOperationException("written with the link room");
    }

    /** The value of a {@code Content-Disposition: attachment} header: an ASCII fallback and {@code filename*} (RFC 6266). */
    public static String attachmentDisposition(String fileName) {
        throw new UnsupportedOperationException("written with the link room");
    }
}
