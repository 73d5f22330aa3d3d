package dev.attache.aws;

import dev.attache.encoding.PercentEncoding;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A body of type {@code application/x-www-form-urlencoded}. Values are percent-encoded byte by byte; names are not
 * encoded.
 */
final class FormBody {

    private byte[] bytes = new byte[16 * 1024];

    private int length;

    /** @param name letters, digits and dots, as all names of AWS */
    void add(String name, String value) {
        byte[] octets = value.getBytes(StandardCharsets.UTF_8);
        require(2 + name.length() + 3 * octets.length);
        if (length > 0) {
            bytes[length++] = '&';
        }
        for (int i = 0; i < name.length(); i++) {
            bytes[length++] = (byte) name.charAt(i);
        }
        bytes[length++] = '=';
        length = PercentEncoding.VALUE.write(octets, bytes, length);
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
