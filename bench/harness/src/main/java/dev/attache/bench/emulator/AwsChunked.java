package dev.attache.bench.emulator;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * The content encoding {@code aws-chunked} (Amazon S3 API Reference, "Signature Calculations for the Authorization
 * Header: Transferring Payload in Multiple Chunks"). Signatures and trailing checksums are skipped.
 */
final class AwsChunked {

    private static final int HEXADECIMAL = 16;

    private AwsChunked() {}

    /** @throws IllegalArgumentException for a malformed body */
    static byte[] decode(byte[] body) {
        ByteArrayOutputStream content = new ByteArrayOutputStream(body.length);
        int position = 0;
        while (true) {
            int end = lineEnd(body, position);
            String head = new String(body, position, end - position, StandardCharsets.US_ASCII);
            int length = Integer.parseInt(head.split(";", 2)[0].strip(), HEXADECIMAL);
            if (length == 0) {
                return content.toByteArray();
            }
            int from = end + 2;
            if (length < 0 || from + length > body.length) {
                throw new IllegalArgumentException(
                        "A chunk of " + length + " bytes is longer than the rest of its body");
            }
            content.write(body, from, length);
            position = from + length + 2;
        }
    }

    /** The position of the next CR LF. */
    private static int lineEnd(byte[] body, int from) {
        for (int i = from; i + 1 < body.length; i++) {
            if (body[i] == '\r' && body[i + 1] == '\n') {
                return i;
            }
        }
        throw new IllegalArgumentException("An aws-chunked body ends without its last chunk");
    }
}
