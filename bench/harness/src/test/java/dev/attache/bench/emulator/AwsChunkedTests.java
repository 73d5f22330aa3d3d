package dev.attache.bench.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class AwsChunkedTests {

    @Test
    void chunksAreJoinedWithoutSignaturesAndTrailers() {
        String body = "5;chunk-signature=0a\r\n"
                + "first\r\n"
                + "c\r\n"
                + " and\r\n"
                + "second\r\n"
                + "0;chunk-signature=0b\r\n"
                + "x-amz-checksum-crc32:AAAAAA==\r\n\r\n";

        assertThat(decoded(body)).isEqualTo("first and\r\nsecond");
    }

    @Test
    void anEmptyObjectHasNoChunks() {
        assertThat(decoded("0\r\n\r\n")).isEmpty();
    }

    @Test
    void aBodyThatEndsEarlyIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> decoded("5\r\nfir"));
        assertThatIllegalArgumentException().isThrownBy(() -> decoded("5\r\nfirst\r\n"));
    }

    private static String decoded(String body) {
        return new String(AwsChunked.decode(body.getBytes(StandardCharsets.US_ASCII)), StandardCharsets.US_ASCII);
    }
}
