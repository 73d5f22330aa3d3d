package dev.attache.reliability.hostile;

import dev.attache.topology.Topology;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Bad messages for all six queues, always the same for the same seed. Left out is what is retried by design: objects
 * that do not exist ({@code OBJECT_NOT_FOUND}) and uploads that are not known yet, for an event may be faster than what
 * it is about.
 */
final class PoisonCorpus {

    private PoisonCorpus() {}

    static List<BadMessage> of(long seed) {
        var random = new Random(seed);
        var corpus = Stream.of(
                        Topology.queueNames().stream().flatMap(queue -> new BrokenForms(queue, random).all()),
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
                .filter(BrokenForms::fits)
                .toList();
    }
}
