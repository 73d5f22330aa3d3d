package dev.attache.sandbox.sns;

/** An error response of SNS (Amazon SNS API Reference, "Common Error Types" and the errors of each action). */
final class SnsException extends RuntimeException {

    private final int status;
    private final String code;

    private SnsException(int status, String code, String message) {
        super(message);
        this.status = status;
        this.code = code;
    }

    static SnsException notFound(String what) {
        return new SnsException(404, "NotFound", what + " does not exist");
    }

    static SnsException invalidParameter(String why) {
        return new SnsException(400, "InvalidParameter", "Invalid parameter: " + why);
    }

    /** An error of a whole batch, such as {@code TooManyEntriesInBatchRequest}. */
    static SnsException batch(String code, String why) {
        return new SnsException(400, code, why);
    }

    static SnsException invalidAction(String action) {
        return new SnsException(400, "InvalidAction", "The sandbox's SNS does not know the action " + action);
    }

    int status() {
        return status;
    }

    String code() {
        return code;
    }
}
