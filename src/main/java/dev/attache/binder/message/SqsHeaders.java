package dev.attache.binder.message;

/** The headers of every inbound message. */
public final class SqsHeaders {

    /** The name of the queue; a {@code String}. */
    public static final String QUEUE = "sqs_queue";

    /** The message id that SQS gave; a {@code String}. */
    public static final String MESSAGE_ID = "sqs_messageId";

    /** How often the message has been received, this time included; an {@code Integer}. */
    public static final String RECEIVE_COUNT = "sqs_receiveCount";

    /**
     * Who sent it: an IAM user's or role's unique id, as SQS says it, or, of a redriven dead letter, as SQS said it of
     * the original; a {@code String}.
     */
    public static final String SENDER_ID = "sqs_senderId";

    /**
     * A {@code Consumer<Runnable>}: takes what a function wants done once all that it returned has been published,
     * before the message is deleted. It is not run when an attempt fails. What it throws makes the attempt fail, and
     * all of it is published again.
     */
    public static final String AFTER_PUBLISHING = "sqs_afterPublishing";

    private SqsHeaders() {}
}
