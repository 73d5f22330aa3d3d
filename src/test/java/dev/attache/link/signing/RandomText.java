package dev.attache.link.signing;

import java.util.Random;

/**
 * Random texts for tests of encoders: all kinds of characters, and often those with a meaning in URLs, paths or
 * headers.
 */
public final class RandomText {

    private static final String SPECIAL =
            " +%/\\.~?#&=:;,\"'()*!@$[]{}|^`<>-_\r\n\t\u0000\u007F\u00E9\u200B\u202E\u2028\uFEFF";

    private RandomText() {}

    public static String of(Random random, int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.appendCodePoint(codePoint(random));
        }
        return text.toString();
    }

    private static int codePoint(Random random) {
        return switch (random.nextInt(5)) {
            case 0 -> SPECIAL.charAt(random.nextInt(SPECIAL.length()));
            case 1 -> 0x1F300 + random.nextInt(0x300);
            case 2 -> random.nextInt(0x10000);
            default -> 'a' + random.nextInt(26);
        };
    }
}
