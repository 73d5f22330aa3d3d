package dev.attache.source;

/** Where the links in the mails of a source lead. Links on the channel {@code event} are always signed links. */
public enum MailLinks {
    /** To a download page, which signs a link when a button is pressed. */
    PAGE,
    /** To the file in S3, with a signature. Such links cannot be revoked, counted, limited or renewed. */
    DIRECT
}
