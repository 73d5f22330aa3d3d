package dev.attache.binder.outbound;

import org.springframework.cloud.stream.provisioning.ProducerDestination;

/** The destination of an output. */
public sealed interface OutboundDestination extends ProducerDestination {

    String name();

    @Override
    default String getName() {
        return name();
    }

    @Override
    default String getNameForPartition(int partition) {
        return name();
    }

    /** An SNS topic. */
    record Topic(String name, String arn) implements OutboundDestination {}

    /** An SQS queue, written {@code queue:<name>} in a binding. */
    record Queue(String name, String url) implements OutboundDestination {}
}
