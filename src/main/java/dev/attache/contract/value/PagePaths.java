package dev.attache.contract.value;

/** The paths of recipients' pages. Links in mails lead to them, so they must not change while links live. */
public final class PagePaths {

    /** An upload page is at this, followed by its id of 32 hexadecimal digits. */
    public static final String UPLOAD = "/u/";

    private PagePaths() {}
}
