package dev.attache.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;

import org.junit.jupiter.api.Test;

class DescriptionBodyUnitTests {

    private Instant now = Instant.parse("2026-11-21T09:00:00Z");

    private final Clock clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);

    /** Gives a byte a second, without end. */
    private final class Trickle extends InputStream {

        @Override
        public int read() {
            now = now.plusSeconds(1);
            return 'x';
        }

        @Override
        public int read(byte[] bytes, int offset, int length) {
            bytes[offset] = (byte) read();
            return 1;
        }
    }

    @Test
    void aBodyIsReadUpToTheLimit() {
        assertThat(DescriptionBody.read(new ByteArrayInputStream(new byte[10]), 20, clock)).hasValueSatisfying(it -> assertThat(it).hasSize(10));
        assertThat(DescriptionBody.read(new ByteArrayInputStream(new byte[50]), 20, clock)).hasValueSatisfying(it -> assertThat(it).hasSize(20));
    }

    @Test
    void whoSendsByteByByteIsNotWaitedForToTheEnd() {
        assertThat(DescriptionBody.read(new Trickle(), 4096, clock)).isEmpty();
        assertThat(now).isBefore(Instant.parse("2026-11-21T09:00:10Z"));
    }

    @Test
    void aConnectionThatIsLostIsNoFailureOfOurs() {
        assertThat(DescriptionBody.read(new InputStream() {

            @Override
            public int read() throws IOException {
                throw new IOException("Connection reset by peer");
            }
        }, 4096, clock)).isEmpty();
    }
}
