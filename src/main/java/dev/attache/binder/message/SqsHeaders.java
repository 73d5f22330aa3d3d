package dev.attache.binder.message;

/** The headers of every inbound message. */
public final class SqsHeaders {

    /** The name of the queue; a {@code String}. */
    public static final String QUEUE = "sqs_queue";

    /** The message id that SQS assigned; a {@code String}. */
    public static final String MESSAGE_ID = "sqs_messageId";

    /** How often the message has been received, this time included; an {@code Integer}. */
    public static final String RECEIVE_COUNT = "sqs_receiveCount";

    /**
     * The sender: the unique id of an IAM user or role, as SQS reports it; for a redriven dead letter, as SQS reported
     * it for the original message. A {@code String}; absent if SQS does not report a sender.
     */
    public static final String SENDER_ID = "sqs_senderId";

    /**
     * A {@code Consumer<Runnable>}: accepts actions to run after all outputs are published and before the message is
     * deleted. Actions do not run if the attempt failed. If an action throws, the attempt fails, and the outputs are
     * published again.
     */
    public static final String AFTER_PUBLISHING = "sqs_afterPublishing";

    private SqsHeaders() {}
}
