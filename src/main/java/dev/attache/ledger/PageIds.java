package dev.attache.ledger;

import java.util.HexFormat;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * The ids in the addresses of upload pages: 128 random bits as 32 hexadecimal digits. They are secrets: anyone who
 * knows one can upload.
 */
public final class PageIds {

    private static final Pattern FORM = Pattern.compile("[0-9a-f]{32}");

    private PageIds() {}

    /** @param random must be a {@link java.security.SecureRandom}, because ids must not be guessable */
    public static String random(RandomGenerator random) {
        byte[] bits = new byte[16];
        random.nextBytes(bits);
        return HexFormat.of().formatHex(bits);
    }

    /** Whether the text has the form of a page id. */
    public static boolean isPageId(String text) {
        return FORM.matcher(text).matches();
    }
}
