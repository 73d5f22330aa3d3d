package dev.attache.aws;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A body of type {@code application/x-www-form-urlencoded}: names as they stand, values percent-encoded octet by octet.
 */
final class FormBody {

    private static final byte[] DIGITS = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);

    private static final boolean[] PLAIN = new boolean[256];

    static {
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._"
                .chars()
                .forEach(c -> PLAIN[c] = true);
    }

    private byte[] bytes = new byte[16 * 1024];

    private int length;

    /** @param name of letters, digits and dots, as all of AWS's are */
    void add(String name, String value) {
        byte[] octets = value.getBytes(StandardCharsets.UTF_8);
        require(2 + name.length() + 3 * octets.length);
        // In locals: the loop is a good part of what publishing costs.
        byte[] to = bytes;
        int at = length;
        if (at > 0) {
            to[at++] = '&';
        }
        for (int i = 0; i < name.length(); i++) {
            to[at++] = (byte) name.charAt(i);
        }
        to[at++] = '=';
        for (byte octet : octets) {
            if (PLAIN[octet & 0xFF]) {
                to[at++] = octet;
            } else {
                to[at++] = '%';
                to[at++] = DIGITS[octet >> 4 & 0xF];
                to[at++] = DIGITS[octet & 0xF];
            }
        }
        length = at;
    }

    private void require(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
        }
    }

    byte[] bytes() {
        return Arrays.copyOf(bytes, length);
    }
}
