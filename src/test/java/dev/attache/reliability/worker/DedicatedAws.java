package dev.attache.reliability.worker;

import dev.attache.sandbox.AwsUnderTest;
import dev.attache.sandbox.Surroundings;
import dev.attache.sandbox.TestAws;
import dev.attache.sandbox.TopologyProvisioner;
import dev.attache.sandbox.Upstream;
import dev.attache.topology.Topology;
import java.time.Duration;
import java.util.List;

/** An AWS and a mailbox for one test, so that no other test sends to its queues or reads them. */
public record DedicatedAws(AwsUnderTest.Running aws, Surroundings surroundings, Upstream upstream)
        implements AutoCloseable {

    /** After how many receives SQS moves a message to the dead-letter queue; the recommended value. */
    public static final int MAX_RECEIVE_COUNT = 10;

    /**
     * The setting for how long a received message is invisible. The worker sends it with each receive; the queue's own
     * value does not matter.
     */
    public static final String VISIBILITY_TIMEOUT = "spring.cloud.stream.sqs.default.consumer.visibility-timeout";

    /** @param visibility the queues' visibility timeout, for receivers other than the worker; whole seconds */
    public static DedicatedAws start(Duration visibility) {
        var aws = TestAws.dedicated();
        try {
            var surroundings = aws.surroundings();
            new TopologyProvisioner(
                            surroundings.clients(), surroundings.bucket(), aws.wiring(), MAX_RECEIVE_COUNT, visibility)
                    .provision();
            return new DedicatedAws(aws, surroundings, new Upstream(surroundings.clients()));
        } catch (RuntimeException failed) {
            aws.close();
            throw failed;
        }
    }

    /** The worker's queues that have messages, visible or in flight. */
    public List<String> unfinished() {
        return Topology.queueNames().stream()
                .filter(queue -> upstream.depth(queue) > 0)
                .toList();
    }

    /** Each dead letter as its queue and its reason. There is none if SQS has moved it. */
    public List<String> deadLetters() {
        return Topology.queueNames().stream()
                .map(Topology::deadLetters)
                .filter(queue -> upstream.depth(queue) > 0)
                .flatMap(queue -> upstream.messages(queue).stream()
                        .map(deadLetter -> queue + ": "
                                + deadLetter
                                        .attributes()
                                        .getOrDefault("attache-reason", "moved by SQS after its last receive")))
                .toList();
    }

    public void send(List<SentEvent> events) {
        events.forEach(event -> upstream.send(event.queue(), event.body()));
    }

    @Override
    public void close() {
        aws.close();
    }
}
