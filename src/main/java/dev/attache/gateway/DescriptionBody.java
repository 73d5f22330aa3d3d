package dev.attache.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/** Reads the body of a request, which is small and comes at once: who sends byte by byte would hold the place of others. */
final class DescriptionBody {

    /** From the first byte to the last. */
    static final Duration PATIENCE = Duration.ofSeconds(5);

    private DescriptionBody() {
    }

    /**
     * The bytes up to the limit; empty when they do not come in time or the connection is lost.
     *
     * @param limit the most bytes to read
     */
    static Optional<byte[]> read(InputStream body, int limit, Clock clock) {
        Instant until = clock.instant().plus(PATIENCE);
        byte[] bytes = new byte[limit];
        int length = 0;
        try {
            while (length < limit) {
                int more = body.read(bytes, length, limit - length);
                if (more < 0) {
                    break;
                }
                length += more;
                if (clock.instant().isAfter(until)) {
                    return Optional.empty();
                }
            }
            return Optional.of(Arrays.copyOf(bytes, length));
        } catch (IOException lost) {
            return Optional.empty();
        }
    }
}
