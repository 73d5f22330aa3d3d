package dev.attache.reliability.hostile;

import dev.attache.topology.Topology;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Invalid messages for all six queues, the same for the same seed. Without messages that are retried by design: those
 * about objects that do not exist ({@code OBJECT_NOT_FOUND}) or uploads that are not recorded yet, because an event may
 * arrive first.
 */
final class PoisonCorpus {

    private PoisonCorpus() {}

    static List<InvalidMessage> of(long seed) {
        var random = new Random(seed);
        var corpus = Stream.of(
                        Topology.queueNames().stream().flatMap(queue -> new MalformedMessages(queue, random).all()),
                        HostileRequests.all(),
                        HostileRequests.purchases(),
                        HostileDeliveries.mails("email-deliveries"),
                        HostileDeliveries.mails("newsletter-deliveries"),
                        HostileDeliveries.campaigns("newsletter-deliveries"),
                        HostileDeliveries.notifications())
                .flatMap(some -> some)
                .toList();
        return IntStream.range(0, corpus.size())
                .mapToObj(number -> corpus.get(number).withId("bad-%d-%d".formatted(seed, number)))
                .filter(MalformedMessages::fits)
                .toList();
    }
}
