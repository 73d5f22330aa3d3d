package dev.attache.storage;

import dev.attache.encoding.PercentEncoding;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The request's id in an object's metadata. Metadata travel as headers and so must be ASCII ("Working with object
 * metadata"), while an event's id may be any text: what is not visible ASCII is percent-encoded. A UUID stands as it
 * is. An id that leaves too little room for a file's name stands as {@code sha256:} and the digest of its UTF-8 in
 * hexadecimal; the worker itself knows the request of an upload from the ledger, and of a digest only by comparing.
 */
public final class RequestIds {

    public static final String METADATA = "request-id";

    public static final String HEADER = "x-amz-meta-" + METADATA;

    /**
     * Bytes of names and values together: S3 answers {@code MetadataTooLarge} above 2 KB ("Working with object
     * metadata"). Names are counted with their prefix, which that page leaves open.
     */
    static final int LONGEST_METADATA = 2048;

    /** Encoded: what the longest name of a file leaves. */
    static final int LONGEST =
            LONGEST_METADATA - HEADER.length() - FileNameMetadata.HEADER.length() - FileNames.LONGEST_IN_METADATA;

    private RequestIds() {}

    public static String toMetadata(String requestId) {
        String encoded = PercentEncoding.VISIBLE_ASCII.encode(requestId);
        return encoded.length() <= LONGEST
                ? encoded
                : "sha256:" + HexFormat.of().formatHex(sha256(requestId));
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
