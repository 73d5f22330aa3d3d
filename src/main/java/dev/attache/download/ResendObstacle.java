package dev.attache.download;

/** Why the mail of a download page cannot be sent again. */
public enum ResendObstacle {
    /** The ledger has no page for the delivery. */
    UNKNOWN("The ledger has no download page of this mail"),
    SOURCE_REMOVED("The source is not configured any more, so its pages are closed"),
    REVOKED("The link was revoked, which is final. Send another request instead"),
    EXHAUSTED("The files were downloaded as often as the request allows. Send another request instead"),
    TOO_OLD("The page was issued 90 days ago, and no page lives longer. Send another request instead"),
    EXPIRES_NOW("The page expires sooner than a mail is useful. Extend it first"),
    TOO_MANY("The page has had 255 new links, the most that one page can have"),
    NO_FILE("None of the page's files can be downloaded: S3 no longer has them, or the source may not link to them"),
    CHANGED("Another mail with a new link was sent in the meantime. Look at the story before you send one more");

    private final String text;

    ResendObstacle(String text) {
        this.text = text;
    }

    /** A sentence without a full stop, or several. */
    public String text() {
        return text;
    }
}
