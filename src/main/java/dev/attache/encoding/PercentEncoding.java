package dev.attache.encoding;

import java.nio.charset.StandardCharsets;

/**
 * Percent-encodes text: each octet of its UTF-8 becomes {@code %} and two upper-case hexadecimal digits, except for the
 * ASCII characters that the encoding leaves as they are.
 */
public final class PercentEncoding {

    private static final String ALPHANUMERIC = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    /**
     * The value of a query parameter or of a form field: {@code UriEncode()} of Signature Version 4 ("Signature
     * Calculations for the Authorization Header"), which leaves RFC 3986's unreserved characters.
     */
    public static final PercentEncoding VALUE = new PercentEncoding(ALPHANUMERIC + "-._~");

    /** The path of a URL, such as an object key: like {@link #VALUE}, but leaves slashes. */
    public static final PercentEncoding PATH = new PercentEncoding(ALPHANUMERIC + "-._~/");

    /** The value of an extended header parameter such as {@code filename*} (RFC 8187, {@code attr-char}). */
    public static final PercentEncoding EXTENDED_PARAMETER = new PercentEncoding(ALPHANUMERIC + "!#$&+-.^_`|~");

    /** Leaves all visible ASCII characters but the percent sign: as short as a decodable header value can be. */
    public static final PercentEncoding VISIBLE_ASCII =
            new PercentEncoding(ALPHANUMERIC + "!\"#$&'()*+,-./:;<=>?@[\\]^_`{|}~");

    private static final byte[] DIGITS = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);

    /** By the octet, as an unsigned number. */
    private final boolean[] plain = new boolean[256];

    private PercentEncoding(String plainCharacters) {
        plainCharacters.chars().forEach(c -> plain[c] = true);
    }

    public String encode(String text) {
        int start = plainLength(text);
        return start == text.length() ? text : text.substring(0, start) + encodedFrom(text, start);
    }

    /** Appends the encoded text. */
    public void append(StringBuilder to, String text) {
        int start = plainLength(text);
        to.append(text, 0, start);
        if (start < text.length()) {
            to.append(encodedFrom(text, start));
        }
    }

    /**
     * Writes encoded octets to an array, which must have space for three times as many.
     *
     * @param at the index of the first octet written
     * @return the index after the last octet written
     */
    public int write(byte[] octets, byte[] to, int at) {
        for (byte octet : octets) {
            if (plain[octet & 0xFF]) {
                to[at++] = octet;
            } else {
                to[at++] = '%';
                to[at++] = DIGITS[octet >> 4 & 0xF];
                to[at++] = DIGITS[octet & 0xF];
            }
        }
        return at;
    }

    private String encodedFrom(String text, int start) {
        byte[] octets = text.substring(start).getBytes(StandardCharsets.UTF_8);
        byte[] encoded = new byte[3 * octets.length];
        return new String(encoded, 0, write(octets, encoded, 0), StandardCharsets.ISO_8859_1);
    }

    /** How many characters at the start of the text need no encoding. */
    private int plainLength(String text) {
        int i = 0;
        while (i < text.length() && text.charAt(i) < 128 && plain[text.charAt(i)]) {
            i++;
        }
        return i;
    }
}
