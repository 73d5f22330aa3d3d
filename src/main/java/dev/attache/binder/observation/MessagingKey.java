package dev.attache.binder.observation;

/**
 * The attributes of spans (OpenTelemetry, "Semantic conventions for messaging spans", and those for AWS SQS and SNS).
 * None of them contains a body, an address or a URL.
 */
final class MessagingKey {

    static final String SYSTEM = "messaging.system";

    static final String OPERATION_TYPE = "messaging.operation.type";

    static final String OPERATION_NAME = "messaging.operation.name";

    static final String DESTINATION = "messaging.destination.name";

    static final String MESSAGE_ID = "messaging.message.id";

    static final String BATCH_COUNT = "messaging.batch.message_count";

    static final String ERROR_TYPE = "error.type";

    private MessagingKey() {}
}
