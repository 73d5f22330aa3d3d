package dev.attache.contract.value;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Says that a message can never succeed as it is. The message of this exception is read by operators and by the sender:
 * it names the thing and the fix, and never holds a payload or a signed URL.
 */
public final class RejectedException extends RuntimeException {

    private final RejectionCode code;

    private final @Nullable String contentDigest;

    public RejectedException(RejectionCode code, String detail) {
        this(code, detail, null);
    }

    private RejectedException(RejectionCode code, String detail, @Nullable String contentDigest) {
        super(Objects.requireNonNull(detail));
        this.code = Objects.requireNonNull(code);
        this.contentDigest = contentDigest;
    }

    /**
     * {@code ID_REUSED}.
     *
     * @param contentDigest the digest of what is rejected
     */
    public static RejectedException idReused(String detail, String contentDigest) {
        return new RejectedException(RejectionCode.ID_REUSED, detail, contentDigest);
    }

    public RejectionCode code() {
        return code;
    }

    /** For {@code ID_REUSED}: what tells this rejection from those of other contents with the same id. */
    public Optional<String> contentDigest() {
        return Optional.ofNullable(contentDigest);
    }

    public String detail() {
        return Objects.requireNonNull(getMessage());
    }
}
