package dev.attache.reliability.worker;

import dev.attache.sandbox.EmbeddedAws;
import dev.attache.sandbox.Ports;
import dev.attache.sandbox.Surroundings;
import dev.attache.sandbox.TopologyProvisioner;
import dev.attache.sandbox.TopologyWiring;
import dev.attache.sandbox.Upstream;
import dev.attache.topology.Topology;
import java.time.Duration;
import java.util.List;

/** An embedded AWS and a mailbox for one test alone: nobody else fills its queues, or reads them. */
public record OwnAws(EmbeddedAws embedded, Surroundings surroundings, Upstream upstream) implements AutoCloseable {

    /** After how many receives SQS itself dead-letters a message; what the documentation recommends. */
    public static final int MAX_RECEIVE_COUNT = 10;

    /**
     * For how long a message is hidden after its receiver has died: the worker states it with each receive, whatever
     * the queue says.
     */
    public static final String VISIBILITY_TIMEOUT = "spring.cloud.stream.sqs.default.consumer.visibility-timeout";

    /** @param visibility the queues' own visibility timeout, which the tests' programs get; whole seconds */
    public static OwnAws start(Duration visibility) {
        var embedded = new EmbeddedAws(Ports.random());
        try {
            var surroundings = embedded.surroundings();
            new TopologyProvisioner(
                            surroundings.clients(),
                            surroundings.bucket(),
                            new TopologyWiring.Embedded(embedded),
                            MAX_RECEIVE_COUNT,
                            visibility)
                    .provision();
            return new OwnAws(embedded, surroundings, new Upstream(surroundings.clients()));
        } catch (RuntimeException failed) {
            embedded.close();
            throw failed;
        }
    }

    /** The worker's queues that hold anything, visible or in flight. */
    public List<String> unfinished() {
        return Topology.queueNames().stream()
                .filter(queue -> upstream.depth(queue) > 0)
                .toList();
    }

    /** Each dead letter as its queue and the worker's reason, or SQS's, which gives none. */
    public List<String> deadLetters() {
        return Topology.queueNames().stream()
                .map(Topology::deadLetters)
                .filter(queue -> upstream.depth(queue) > 0)
                .flatMap(queue -> upstream.messages(queue).stream()
                        .map(letter -> queue + ": "
                                + letter.attributes()
                                        .getOrDefault("attache-reason", "moved by SQS after its last receive")))
                .toList();
    }

    public void send(List<SentEvent> events) {
        events.forEach(event -> upstream.send(event.queue(), event.body()));
    }

    @Override
    public void close() {
        embedded.close();
    }
}
