package dev.attache.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

class RequestBodiesUnitTests {

    /** {@link System#nanoTime} may overflow. */
    private static final long START = Long.MAX_VALUE - 1;

    private long now = START;

    /** Returns one byte per second, without end. */
    private final class SlowStream extends InputStream {

        @Override
        public int read() {
            now += 1_000_000_000;
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
        assertThat(RequestBodies.read(new ByteArrayInputStream(new byte[10]), 20, () -> now))
                .hasValueSatisfying(it -> assertThat(it).hasSize(10));
        assertThat(RequestBodies.read(new ByteArrayInputStream(new byte[50]), 20, () -> now))
                .hasValueSatisfying(it -> assertThat(it).hasSize(20));
    }

    @Test
    void aBodyThatArrivesTooSlowlyIsAbandoned() {
        assertThat(RequestBodies.read(new SlowStream(), 4096, () -> now)).isEmpty();
        assertThat(now - START).isLessThan(10_000_000_000L);
    }

    @Test
    void aLostConnectionIsNoException() {
        assertThat(RequestBodies.read(
                        new InputStream() {

                            @Override
                            public int read() throws IOException {
                                throw new IOException("Connection reset by peer");
                            }
                        },
                        4096,
                        () -> now))
                .isEmpty();
    }
}
