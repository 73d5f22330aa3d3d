package dev.attache.gateway;

import jakarta.servlet.http.HttpServletRequest;
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
 * Reads the body of a request, which is small and comes at once: who sends byte by byte would hold the place of others.
 */
public final class DescriptionBody {

    /** More bytes than any browser sends. */
    public static final int LIMIT = 4096;

    /** From the first byte to the last. */
    static final Duration PATIENCE = Duration.ofSeconds(5);

    private DescriptionBody() {}

    /**
     * The bytes up to the limit; empty when they do not come in time or the connection is lost.
     *
     * @param limit the most bytes to read
     * @param nanoTime a time that only goes forward, from any beginning ({@link System#nanoTime})
     */
    static Optional<byte[]> read(InputStream body, int limit, LongSupplier nanoTime) {
        long begun = nanoTime.getAsLong();
        byte[] bytes = new byte[limit];
        int length = 0;
        try {
            while (length < limit) {
                int more = body.read(bytes, length, limit - length);
                if (more < 0) {
                    break;
                }
                length += more;
                if (nanoTime.getAsLong() - begun > PATIENCE.toNanos()) {
                    return Optional.empty();
                }
            }
            return Optional.of(Arrays.copyOf(bytes, length));
        } catch (IOException lost) {
            return Optional.empty();
        }
    }

    /**
     * Whether the body is read: only that of a request to sign. A form, which may be of any size, is refused unread.
     */
    public static boolean isRead(HttpServletRequest request) {
        return "POST".equals(request.getMethod())
                && request.getServletPath().endsWith("/sign")
                && isJson(request.getContentType());
    }

    public static boolean isJson(@Nullable String contentType) {
        try {
            return contentType != null
                    && MediaType.parseMediaType(contentType).equalsTypeAndSubtype(MediaType.APPLICATION_JSON);
        } catch (InvalidMediaTypeException none) {
            return false;
        }
    }
}
