package dev.attache.delivery.mail;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Encodes text as quoted-printable (RFC 2045, section 6.7). Jakarta Mail's own encoder writes byte by byte through
 * several streams, which took 12 % of a mail's CPU time; this one writes into an array (docs/performance.md).
 */
final class QuotedPrintable {

    /** Without the "=" of a soft line break; RFC 2045 allows 76 characters with it. */
    private static final int MAX_LINE = 75;

    private static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);

    private final byte[] encoded;

    private int length;

    private int column;

    /** @param textLength in bytes. Each byte may need three, and each line three more for a soft line break */
    private QuotedPrintable(int textLength) {
        int most = 3 * textLength;
        this.encoded = new byte[most + (most / (MAX_LINE - 2) + 1) * 3];
    }

    /** @param text its lines may end with LF, CR LF or CR; all become CR LF */
    static byte[] encode(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        QuotedPrintable encoding = new QuotedPrintable(bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            byte b = bytes[i];
            if (b == '\r' || b == '\n') {
                if (b == '\r' && i + 1 < bytes.length && bytes[i + 1] == '\n') {
                    i++;
                }
                encoding.lineEnd();
            } else if (b > ' ' && b < 127 && b != '=') {
                encoding.literal(b);
            } else if ((b == ' ' || b == '\t') && !isLineEnd(bytes, i + 1)) {
                encoding.literal(b);
            } else {
                encoding.escaped(b);
            }
        }
        return Arrays.copyOf(encoding.encoded, encoding.length);
    }

    /** White space before a line end must be escaped (rule 3). */
    private static boolean isLineEnd(byte[] bytes, int at) {
        return at >= bytes.length || bytes[at] == '\r' || bytes[at] == '\n';
    }

    private void literal(byte b) {
        reserve(1);
        encoded[length++] = b;
    }

    private void escaped(byte b) {
        reserve(3);
        encoded[length++] = '=';
        encoded[length++] = HEX[(b >> 4) & 0xF];
        encoded[length++] = HEX[b & 0xF];
    }

    private void reserve(int characters) {
        if (column + characters > MAX_LINE) {
            encoded[length++] = '=';
            lineEnd();
        }
        column += characters;
    }

    private void lineEnd() {
        encoded[length++] = '\r';
        encoded[length++] = '\n';
        column = 0;
    }
}
