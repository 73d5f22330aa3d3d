package dev.attache.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/**
 * Reads the small bodies that a page's script or form sends, with a limit of size and time. Without the time limit,
 * clients that send byte by byte could block all others.
 */
public final class RequestBodies {

    /** Bytes; no script or form of a page sends that many. */
    public static final int LIMIT = 4096;

    /** From the start of reading to the last byte. */
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private RequestBodies() {}

    /**
     * Reads a body up to the limit.
     *
     * @param limit the most bytes to read
     * @param nanoTime a monotonic time with any origin, such as {@link System#nanoTime}
     * @return empty if the body does not arrive within the timeout or the connection is lost
     */
    static Optional<byte[]> read(InputStream body, int limit, LongSupplier nanoTime) {
        long start = nanoTime.getAsLong();
        byte[] bytes = new byte[limit];
        int length = 0;
        try {
            while (length < limit) {
                int count = body.read(bytes, length, limit - length);
                if (count < 0) {
                    break;
                }
                length += count;
                if (nanoTime.getAsLong() - start > TIMEOUT.toNanos()) {
                    return Optional.empty();
                }
            }
            return Optional.of(Arrays.copyOf(bytes, length));
        } catch (IOException lost) {
            return Optional.empty();
        }
    }

    /** Whether this {@code Content-Type} is {@code application/json}, with any parameters. */
    public static boolean isJson(@Nullable String contentType) {
        return isOfType(contentType, MediaType.APPLICATION_JSON);
    }

    /** Whether this {@code Content-Type} is that of a URL-encoded form, with any parameters. */
    public static boolean isForm(@Nullable String contentType) {
        return isOfType(contentType, MediaType.APPLICATION_FORM_URLENCODED);
    }

    private static boolean isOfType(@Nullable String contentType, MediaType type) {
        try {
            return contentType != null && MediaType.parseMediaType(contentType).equalsTypeAndSubtype(type);
        } catch (InvalidMediaTypeException e) {
            return false;
        }
    }
}
