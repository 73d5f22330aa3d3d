package dev.attache.deadletters.redrive;

import dev.attache.binder.failure.AwsErrorKind;
import dev.attache.deadletters.TaskFailedException;

/** A call of SQS failed. The message is for operators, and names the fix. */
final class QueueCallException extends TaskFailedException {

    private final AwsErrorKind kind;

    private final String code;

    private QueueCallException(String message, AwsErrorKind kind, String code, Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.code = code;
    }

    /** @param action as in a policy, such as {@code sqs:ReceiveMessage} */
    static QueueCallException of(String action, String queue, RuntimeException error) {
        AwsErrorKind kind = AwsErrorKind.of(error);
        String code = AwsErrorKind.describe(error);
        return new QueueCallException(
                switch (kind) {
                    case PERMISSION ->
                        "SQS refuses %s on %s (%s): allow it as infra/policies/console.json does"
                                .formatted(action, queue, code);
                    case KEY ->
                        "The KMS key of %s cannot be used (%s): allow kms:Decrypt and kms:GenerateDataKey"
                                .formatted(queue, code);
                    case RESOURCE -> "There is no queue %s".formatted(queue);
                    case CREDENTIALS ->
                        "SQS does not accept the credentials for %s (%s): renew them".formatted(action, code);
                    case SERVICE -> "SQS did not answer %s on %s (%s): try again".formatted(action, queue, code);
                    case REQUEST -> "SQS refused %s on %s (%s)".formatted(action, queue, code);
                },
                kind,
                code,
                error);
    }

    AwsErrorKind kind() {
        return kind;
    }

    /** The error code of SQS, or what the failure was instead. */
    String code() {
        return code;
    }

    /** Whether the same call may succeed soon. */
    boolean isTemporary() {
        return kind == AwsErrorKind.SERVICE;
    }
}
