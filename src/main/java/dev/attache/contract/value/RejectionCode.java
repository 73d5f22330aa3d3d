package dev.attache.contract.value;

/**
 * Why a message can never succeed. The names are used in {@code request.rejected}, {@code mail.failed} and dead
 * letters.
 */
public enum RejectionCode {

    /** The body is not valid JSON, or its envelope is not supported. */
    MALFORMED,
    /** The event does not conform to its JSON Schema. */
    CONTRACT_VIOLATION,
    /** This queue does not accept the envelope's {@code type}. */
    UNKNOWN_TYPE,
    /** The source is not configured, or the sender of the message may not use it. */
    SOURCE_NOT_ALLOWED,
    /** The source may not link to this bucket or key. */
    KEY_NOT_ALLOWED,
    /** The object to link to does not exist. */
    OBJECT_NOT_FOUND,
    /** S3 denies the worker access to the object, but not to others in the same bucket. */
    OBJECT_ACCESS_DENIED,
    /** The object is encrypted with its owner's key (SSE-C), so links cannot read it. */
    OBJECT_CUSTOMER_ENCRYPTED,
    /** The object is archived, and cannot be read until it is restored. */
    OBJECT_ARCHIVED,
    /** S3 will delete the object, or its restored copy, before the end of the shortest lifetime of a link. */
    OBJECT_EXPIRES_TOO_SOON,
    /** The source may not request this lifetime. */
    EXPIRY_OUT_OF_RANGE,
    /** The source or the request does not allow uploads of this type. */
    CONTENT_TYPE_NOT_ALLOWED,
    /**
     * The upload is larger than the source or the request allows, or a recipient list or the message exceeds its limit.
     */
    TOO_LARGE,
    /** The event has too many recipients. */
    TOO_MANY_RECIPIENTS,
    /** An address is not valid, or does not exist according to the relay. */
    ADDRESS_INVALID,
    /** An earlier event had the same source and id, but other content. */
    ID_REUSED,
    /** The link expired before it could be delivered, or the upload without a file. */
    LINK_EXPIRED,
    /** The mail relay refused the mail permanently. */
    MAIL_REFUSED,
    /** After two attempts it is unknown whether the relay has accepted the mail. */
    DELIVERY_UNCERTAIN,
    /** All permitted attempts failed, but the message itself is valid. */
    RETRIES_EXHAUSTED
}
