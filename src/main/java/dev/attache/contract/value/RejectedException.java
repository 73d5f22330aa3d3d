package dev.attache.contract.value;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A message can never succeed in its present form. The text of this exception is for operators and the sender: it names
 * the problem and the fix, and never contains a payload or a signed URL.
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
     * Creates a rejection with the code {@code ID_REUSED}.
     *
     * @param contentDigest the digest of the rejected content
     */
    public static RejectedException idReused(String detail, String contentDigest) {
        return new RejectedException(RejectionCode.ID_REUSED, detail, contentDigest);
    }

    public RejectionCode code() {
        return code;
    }

    /** The digest of the rejected content, for {@code ID_REUSED} only. It distinguishes rejections of the same id. */
    public Optional<String> contentDigest() {
        return Optional.ofNullable(contentDigest);
    }

    public String detail() {
        return Objects.requireNonNull(getMessage());
    }
}
