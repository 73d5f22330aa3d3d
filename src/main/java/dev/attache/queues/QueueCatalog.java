package dev.attache.queues;

import java.util.List;
import java.util.Optional;

/** The queues of this installation. It never waits for SQS: what is not known yet is missing or has its default. */
public interface QueueCatalog {

    /** The inputs in alphabetical order, each followed by its dead-letter queue; then those of undelivered messages. */
    List<KnownQueue> all();

    /** @param stated the name, ARN or URL of the queue */
    default Optional<KnownQueue> find(String stated) {
        String name = QueueReference.of(stated).name();
        return all().stream().filter(queue -> queue.name().equals(name)).findFirst();
    }

    /** The queues whose messages need an operator: dead-letter queues, and those of undelivered messages. */
    default List<KnownQueue> deadLetterQueues() {
        return all().stream().filter(KnownQueue::holdsDeadLetters).toList();
    }
}
