package dev.attache.storage;

import dev.attache.encoding.PercentEncoding;
import dev.attache.encoding.Sha256;

/**
 * The id of a request in the metadata of an uploaded object. Metadata are sent as headers and must be ASCII ("Working
 * with object metadata"), but an event's id may be any text: all but visible ASCII is percent-encoded, so that a UUID
 * stays as it is. An id that leaves too little space for the file's name is replaced by {@code sha256:} and the
 * hexadecimal SHA-256 of its UTF-8. The worker does not read it back, because the ledger contains the request's id.
 */
public final class RequestIds {

    public static final String METADATA = "request-id";

    public static final String HEADER = "x-amz-meta-" + METADATA;

    /**
     * Bytes of all names and values: above 2 KB, S3 answers {@code MetadataTooLarge} ("Working with object metadata").
     * The page does not say whether names count with their prefix; here they do.
     */
    static final int LONGEST_METADATA = 2048;

    /** Of the encoded id: the space that the longest file name and the file's id leave. */
    static final int LONGEST = LONGEST_METADATA
            - HEADER.length()
            - FileNameMetadata.HEADER.length()
            - FileNames.LONGEST_IN_METADATA
            - FileNameMetadata.ID_HEADER.length()
            - FileNameMetadata.ID_LENGTH;

    private RequestIds() {}

    /** The encoded id or its digest. */
    public static String toMetadata(String requestId) {
        String encoded = PercentEncoding.VISIBLE_ASCII.encode(requestId);
        return encoded.length() <= LONGEST ? encoded : "sha256:" + Sha256.hex(requestId);
    }
}
