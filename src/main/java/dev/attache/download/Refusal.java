package dev.attache.download;

/** Why a download was refused. Only the holder of a genuine token learns it. */
public enum Refusal {
    /** The mail is not claimed yet; the page works in a moment. */
    NOT_YET,
    /** The page has expired, or its source is no longer configured. */
    EXPIRED,
    /** The sender has revoked the page or the file. */
    REVOKED,
    /** The file was downloaded as often as the sender allows. */
    EXHAUSTED,
    /** The page has no item with this index. */
    ITEM_UNKNOWN,
    /** The recipient must confirm the address first, and no address was typed. */
    ADDRESS_REQUIRED,
    /** The typed address is not the recipient's. */
    ADDRESS_WRONG,
    /** Too many addresses were typed; the recipient can ask for a mail with a link that confirms the address. */
    ADDRESS_BY_MAIL,
    /** The file does not exist any more, or is about to be deleted. */
    OBJECT_GONE,
    /** The file is archived, and cannot be read before it is restored. */
    OBJECT_ARCHIVED,
    /** The file cannot be read, or the source may not link to it any more. */
    OBJECT_DENIED,
    /** Another file has the same key now. */
    OBJECT_REPLACED
}
