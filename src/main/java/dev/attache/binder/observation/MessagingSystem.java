package dev.attache.binder.observation;

/** The values of {@code messaging.system}. */
public enum MessagingSystem {
    SQS("aws_sqs"),
    SNS("aws.sns");

    private final String wireName;

    MessagingSystem(String wireName) {
        this.wireName = wireName;
    }

    String wireName() {
        return wireName;
    }
}
