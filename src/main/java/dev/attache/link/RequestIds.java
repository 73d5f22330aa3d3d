package dev.attache.link;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * The request's id in an object's metadata. Metadata travel as headers and so must be ASCII ("Working with object
 * metadata"), while an event's id may be any text: what is not visible ASCII is percent-encoded. A UUID stands as it
 * is.
 */
final class RequestIds {

    static final String METADATA = "request-id";

    static final String HEADER = "x-amz-meta-" + METADATA;

    private RequestIds() {
    }

    static String toMetadata(String requestId) {
        StringBuilder encoded = new StringBuilder();
        for (byte octet : requestId.getBytes(StandardCharsets.UTF_8)) {
            if (octet > 0x20 && octet < 0x7F && octet != '%') {
                encoded.append((char) octet);
            } else {
                encoded.append('%').append(hexDigit(octet >> 4)).append(hexDigit(octet));
            }
        }
        return encoded.toString();
    }

    /** The other way round; what somebody else wrote, and is no such encoding, stays as it is. */
    static String fromMetadata(String metadata) {
        ByteArrayOutputStream decoded = new ByteArrayOutputStream();
        for (int i = 0; i < metadata.length(); i++) {
            char c = metadata.charAt(i);
            if (c > 0x7E) {
                return metadata;
            }
            if (c != '%') {
                decoded.write(c);
            } else if (i + 2 < metadata.length() && isHex(metadata.charAt(i + 1)) && isHex(metadata.charAt(i + 2))) {
                decoded.write(Integer.parseInt(metadata, i + 1, i + 3, 16));
                i += 2;
            } else {
                return metadata;
            }
        }
        return decoded.toString(StandardCharsets.UTF_8);
    }

    private static char hexDigit(int nibble) {
        return "0123456789ABCDEF".charAt(nibble & 0xF);
    }

    private static boolean isHex(char c) {
        return c < 0x80 && Character.digit(c, 16) >= 0;
    }
}
