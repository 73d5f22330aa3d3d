package dev.attache.link;

import dev.attache.contract.value.ObjectRef;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Signs links. Every method throws {@link LinkNotSignableException} (transient: try again later) when the credentials
 * at hand would die before {@code minimum} has passed.
 */
public interface LinkSigner {

    /**
     * A download.
     *
     * @param fileName the name under which a browser saves it; any Unicode, made safe here
     * @param contentType answered as the response's type where given
     * @param lifetime counted from now, at most seven days
     * @param minimum the shortest lifetime that is still worth issuing
     */
    SignedLink get(
            ObjectRef object, String fileName, @Nullable String contentType, Duration lifetime, Duration minimum);

    /** An upload that works once, of exactly this size and type. */
    SignedLink put(UploadTarget target, Duration lifetime, Duration minimum);

    /**
     * An upload by an HTML form: of this type, from one byte to {@code maxBytes}. {@code target.contentLength} is
     * ignored.
     */
    SignedLink post(UploadTarget target, long maxBytes, Duration lifetime, Duration minimum);
}
