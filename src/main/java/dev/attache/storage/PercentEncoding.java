package dev.attache.storage;

import java.nio.charset.StandardCharsets;

/**
 * Signature Version 4's {@code UriEncode()}: every octet of the UTF-8 but {@code A-Z a-z 0-9 - . _ ~}, in upper case
 * hexadecimal ("Signature Calculations for the Authorization Header").
 */
public final class PercentEncoding {

    private static final char[] DIGITS = "0123456789ABCDEF".toCharArray();

    private static final boolean[] PLAIN = new boolean[128];

    static {
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"
                .chars()
                .forEach(c -> PLAIN[c] = true);
    }

    private PercentEncoding() {}

    /** A parameter's value. */
    public static void value(StringBuilder to, String text) {
        append(to, text, false);
    }

    /** An object's key, whose slashes stay. */
    public static void path(StringBuilder to, String text) {
        append(to, text, true);
    }

    private static void append(StringBuilder to, String text, boolean slashesStay) {
        int plain = plainLength(text, slashesStay);
        to.append(text, 0, plain);
        if (plain == text.length()) {
            return;
        }
        for (byte octet : text.substring(plain).getBytes(StandardCharsets.UTF_8)) {
            if (octet >= 0 && (PLAIN[octet] || (octet == '/' && slashesStay))) {
                to.append((char) octet);
            } else {
                to.append('%').append(DIGITS[octet >> 4 & 0xF]).append(DIGITS[octet & 0xF]);
            }
        }
    }

    private static int plainLength(String text, boolean slashesStay) {
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (c >= 128 || (!PLAIN[c] && !(c == '/' && slashesStay))) {
                return i;
            }
            i++;
        }
        return i;
    }
}
