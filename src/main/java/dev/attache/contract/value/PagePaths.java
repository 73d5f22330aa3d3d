package dev.attache.contract.value;

/** The paths of pages. Mails contain links to them, so they must not change while these links are valid. */
public final class PagePaths {

    /** The path of an upload page before its id of 32 hexadecimal digits. */
    public static final String UPLOAD = "/u/";

    /** The path of a download page before its token. */
    public static final String DOWNLOAD = "/d/";

    /** The number of characters of a token, which are those of base64url. */
    public static final int TOKEN_LENGTH = 67;

    private PagePaths() {}
}
