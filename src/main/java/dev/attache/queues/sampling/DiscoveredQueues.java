package dev.attache.queues.sampling;

import dev.attache.queues.KnownQueue;
import dev.attache.queues.QueueCatalog;
import dev.attache.queues.QueueReference;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The queues that the settings name, and the dead-letter queues that SQS states for them. A dead-letter queue is
 * unknown until its queue was read for the first time.
 */
final class DiscoveredQueues implements QueueCatalog {

    private final Collection<QueueReference> inputs;

    private final Collection<QueueReference> undelivered;

    /** By name. */
    private final Map<String, QueueReading> readings = new ConcurrentHashMap<>();

    /**
     * @param inputs the queues of the inputs, by name, ARN or URL
     * @param undelivered those of undelivered messages
     */
    DiscoveredQueues(Collection<String> inputs, Collection<String> undelivered) {
        this.inputs = references(inputs);
        this.undelivered = references(undelivered);
    }

    private static Collection<QueueReference> references(Collection<String> stated) {
        Map<String, QueueReference> byName = new TreeMap<>();
        stated.stream()
                .map(QueueReference::of)
                .filter(reference -> !reference.name().isEmpty())
                .forEach(reference -> byName.put(reference.name(), reference));
        return List.copyOf(byName.values());
    }

    /** Remembers what SQS has stated about a queue. */
    void learned(String queue, QueueReading reading) {
        readings.put(queue, reading);
    }

    /** The account of a queue, if its ARN is configured. */
    @Nullable
    String account(String queue) {
        return inputs.stream()
                .filter(reference -> reference.name().equals(queue))
                .findFirst()
                .map(QueueReference::account)
                .orElse(null);
    }

    @Override
    public List<KnownQueue> all() {
        List<KnownQueue> all = new ArrayList<>();
        Set<String> listed = new HashSet<>();
        for (QueueReference input : inputs) {
            KnownQueue queue = known(input, KnownQueue.Kind.INPUT);
            all.add(queue);
            String deadLetters = queue.deadLetters();
            if (deadLetters != null && listed.add(deadLetters)) {
                all.add(deadLetters(deadLetters, queue));
            }
        }
        undelivered.stream()
                .filter(reference -> listed.add(reference.name()))
                .forEach(reference -> all.add(known(reference, KnownQueue.Kind.UNDELIVERED)));
        return List.copyOf(all);
    }

    private KnownQueue known(QueueReference reference, KnownQueue.Kind kind) {
        QueueReading reading = readings.get(reference.name());
        if (reading == null) {
            String url = reference.url() == null ? reference.name() : reference.url();
            return new KnownQueue(reference.name(), url, kind, null, null, KnownQueue.DEFAULT_RETENTION);
        }
        return new KnownQueue(
                reference.name(),
                reading.url(),
                kind,
                null,
                kind == KnownQueue.Kind.INPUT ? reading.deadLetters() : null,
                reading.retention());
    }

    /**
     * A dead-letter queue is in the account and region of its queue ("Using dead-letter queues in Amazon SQS"), so its
     * URL differs in the name only.
     */
    private KnownQueue deadLetters(String name, KnownQueue source) {
        QueueReading reading = readings.get(name);
        String url = source.url().substring(0, source.url().lastIndexOf('/') + 1) + name;
        return new KnownQueue(
                name,
                url,
                KnownQueue.Kind.DEAD_LETTERS,
                source.name(),
                null,
                reading == null ? KnownQueue.DEFAULT_RETENTION : reading.retention());
    }
}
