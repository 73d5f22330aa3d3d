package dev.attache.contract.value;

/**
 * Why a message can never succeed. The names stand in {@code request.rejected} and {@code mail.failed} events and on
 * dead letters.
 */
public enum RejectionCode {

    /** The body is not JSON, or not the JSON of an envelope. */
    MALFORMED,
    /** The event breaks its JSON Schema. */
    CONTRACT_VIOLATION,
    /** The envelope's {@code type} is none that this queue takes. */
    UNKNOWN_TYPE,
    /** The source is not configured, or the message was sent by somebody else than the source. */
    SOURCE_NOT_ALLOWED,
    /** The source may not link to this bucket or key. */
    KEY_NOT_ALLOWED,
    /** The object to link to does not exist. */
    OBJECT_NOT_FOUND,
    /** S3 refuses to read the object to the worker, though it permits others in the same bucket. */
    OBJECT_ACCESS_DENIED,
    /** The object is encrypted with a key of its owner's (SSE-C), without which no link opens it. */
    OBJECT_CUSTOMER_ENCRYPTED,
    /** The object is archived: it can be read only after it has been restored. */
    OBJECT_ARCHIVED,
    /** S3 deletes the object, or the restored copy of it, before a link could have its shortest lifetime. */
    OBJECT_EXPIRES_TOO_SOON,
    /** The lifetime asked for lies outside what the source may ask for. */
    EXPIRY_OUT_OF_RANGE,
    /** The source, or the request, does not take uploads of this type. */
    CONTENT_TYPE_NOT_ALLOWED,
    /**
     * The upload is larger than the source, or the request, allows; or a recipient list, or the message, is larger than
     * is read.
     */
    TOO_LARGE,
    /** More recipients than one event may carry. */
    TOO_MANY_RECIPIENTS,
    /** An address cannot be mailed to. */
    ADDRESS_INVALID,
    /** An earlier event had the same source and id, and other content. */
    ID_REUSED,
    /** The link's time was over before it could be delivered. */
    LINK_EXPIRED,
    /** The mail relay refused the mail for good. */
    MAIL_REFUSED,
    /** Twice the relay did not answer whether it took the mail, which may or may not have arrived. */
    DELIVERY_UNCERTAIN,
    /** Nothing was wrong with the message, but every permitted attempt failed. */
    RETRIES_EXHAUSTED
}
