package dev.attache.queues.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.attache.link.SettableClock;
import dev.attache.queues.Depth;
import dev.attache.queues.KnownQueue;
import dev.attache.queues.Sample;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class QueueSamplerTests {

    private final QueuesInMemory sqs = new QueuesInMemory();

    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-27T10:00:00Z"));

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    private final DiscoveredQueues catalog = new DiscoveredQueues(List.of("requests", "mails"), List.of("undelivered"));

    private final QueueSampler sampler =
            new QueueSampler(catalog, new QueueReader(sqs), new QueueMeters(meters), clock);

    @BeforeEach
    void queues() {
        sqs.putWithDeadLetters("requests", "requests-dlq");
        sqs.putWithDeadLetters("mails", "mails-dlq");
        sqs.put("undelivered", 0, 0);
    }

    private double messages(String queue, String state) {
        return meters.get("attache.queue.messages")
                .tags("queue", queue, "state", state)
                .gauge()
                .value();
    }

    private @Nullable String problem(String queue) {
        QueueSampler.Sampled last = sampler.last(queue);
        assertThat(last).isNotNull();
        return last.problem();
    }

    @Test
    void theFirstSampleFindsTheDeadLetterQueuesAndSamplesThemAsWell() {
        sqs.put("requests", 3, 2);
        sqs.put("mails-dlq", 4, 1);

        sampler.sample();

        assertThat(catalog.all())
                .extracting(KnownQueue::name, KnownQueue::kind, KnownQueue::source)
                .containsExactly(
                        tuple("mails", KnownQueue.Kind.INPUT, null),
                        tuple("mails-dlq", KnownQueue.Kind.DEAD_LETTERS, "mails"),
                        tuple("requests", KnownQueue.Kind.INPUT, null),
                        tuple("requests-dlq", KnownQueue.Kind.DEAD_LETTERS, "requests"),
                        tuple("undelivered", KnownQueue.Kind.UNDELIVERED, null));
        assertThat(catalog.find("mails-dlq").orElseThrow().retention()).isEqualTo(Duration.ofDays(14));
        assertThat(catalog.find(QueuesInMemory.FOLDER + "mails").orElseThrow().deadLetters())
                .isEqualTo("mails-dlq");
        assertThat(sampler.depth("requests")).isEqualTo(new Depth(3, 2, 0));
        assertThat(sampler.depth("mails-dlq")).isEqualTo(new Depth(4, 1, 0));
    }

    @Test
    void theUrlOfAQueueIsLookedUpOnce() {
        sampler.sample();
        sampler.sample();

        assertThat(sqs.lookedUp).containsExactlyInAnyOrder("mails", "requests", "undelivered");
    }

    @Test
    void aDeadLetterThatIsInFlightCountsAsADeadLetter() {
        sqs.put("mails-dlq", 0, 7);

        sampler.sample();

        assertThat(meters.get("attache.dead.letters")
                        .tags("queue", "mails-dlq", "kind", "dead-letters")
                        .gauge()
                        .value())
                .isEqualTo(7);
        assertThat(messages("mails-dlq", "in-flight")).isEqualTo(7);
        assertThat(messages("mails-dlq", "visible")).isZero();
        assertThat(meters.find("attache.dead.letters").tag("queue", "mails").gauge())
                .isNull();
    }

    @Test
    void aMissingQueueAndARefusedOneHaveAProblemAndHideNoOther() {
        sqs.delete("mails");
        sqs.refuse("requests-dlq");

        sampler.sample();

        assertThat(problem("mails")).startsWith("The queue does not exist");
        assertThat(problem("requests-dlq"))
                .startsWith("SQS refuses this worker the queue's attributes (AccessDenied)")
                .contains("sqs:GetQueueAttributes");
        assertThat(problem("requests")).isNull();
        assertThat(problem("undelivered")).isNull();
        assertThat(catalog.find("requests-dlq").orElseThrow().retention()).isEqualTo(KnownQueue.DEFAULT_RETENTION);
        assertThat(meters.get("attache.queue.samples")
                        .tags("queue", "mails", "outcome", "failed")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(messages("requests-dlq", "visible")).isNaN();
    }

    @Test
    void theLastKnownDepthIsKeptForFiveMinutesWhileSamplesFail() {
        sqs.put("mails", 5, 0);
        sampler.sample();
        sqs.refuse("mails");
        clock.advance(Duration.ofMinutes(5));

        sampler.sample();
        assertThat(messages("mails", "visible")).isEqualTo(5);
        assertThat(problem("mails")).isNotNull();

        clock.advance(Duration.ofSeconds(1));
        assertThat(messages("mails", "visible")).isNaN();
        assertThat(sampler.depth("mails")).isNull();

        sqs.allowAll();
        sampler.sample();
        assertThat(messages("mails", "visible")).isEqualTo(5);
        assertThat(problem("mails")).isNull();
    }

    @Test
    void samplesAreKeptAsAHistory() {
        sqs.put("mails", 5, 1);
        sampler.sample();
        clock.advance(Duration.ofSeconds(10));
        sqs.put("mails", 9, 2);
        sampler.sample();

        assertThat(sampler.history("mails"))
                .extracting(Sample::visible, Sample::inFlight)
                .containsExactly(tuple(5L, 1L), tuple(9L, 2L));
    }
}
