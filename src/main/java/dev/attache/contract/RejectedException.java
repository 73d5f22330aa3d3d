package dev.attache.contract;

import java.util.Objects;

/**
 * Says that a message can never succeed as it is. The message of this exception is read by operators and by the sender:
 * it names the thing and the fix, and never holds a payload or a signed URL.
 */
public final class RejectedException extends RuntimeException {

    private final RejectionCode code;

    public RejectedException(RejectionCode code, String detail) {
        super(Objects.requireNonNull(detail));
        this.code = Objects.requireNonNull(code);
    }

    public RejectionCode code() {
        return code;
    }

    public String detail() {
        return Objects.requireNonNull(getMessage());
    }
}
