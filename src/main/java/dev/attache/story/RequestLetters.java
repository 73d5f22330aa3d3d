package dev.attache.story;

import dev.attache.deadletters.DeadLetter;
import dev.attache.deadletters.DeadLetters;
import dev.attache.queues.KnownQueue;
import dev.attache.queues.QueueCatalog;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the dead letters of a request in the last snapshots of the dead-letter queues. A snapshot may have thousands of
 * letters, and a page may look every two seconds, so what the snapshots say is kept for a while.
 */
final class RequestLetters {

    private static final Logger log = LoggerFactory.getLogger(RequestLetters.class);

    private static final Duration KEPT = Duration.ofSeconds(10);

    private final DeadLetters letters;

    private final QueueCatalog queues;

    private final Clock clock;

    private volatile Known known = new Known(Instant.MIN, Map.of());

    RequestLetters(DeadLetters letters, QueueCatalog queues, Clock clock) {
        this.letters = letters;
        this.queues = queues;
        this.clock = clock;
    }

    /** @param byRequest the letters that name a request, by its id */
    private record Known(Instant at, Map<String, List<DeadLetter>> byRequest) {}

    /** The letters that name the request, and its source if they name one. */
    List<NamedLetter> of(String source, String requestId) {
        Known current = known;
        if (current.at().isBefore(clock.instant().minus(KEPT))) {
            current = new Known(clock.instant(), read());
            known = current;
        }
        return current.byRequest().getOrDefault(requestId, List.of()).stream()
                .filter(letter -> letter.source() == null || letter.source().equals(source))
                .map(RequestLetters::named)
                .toList();
    }

    private Map<String, List<DeadLetter>> read() {
        return queues.deadLetterQueues().stream()
                .map(KnownQueue::name)
                .flatMap(this::snapshot)
                .filter(letter -> letter.requestId() != null)
                .collect(Collectors.groupingBy(letter -> String.valueOf(letter.requestId())));
    }

    /** A snapshot that cannot be read must not hide the rest of the story. */
    private Stream<DeadLetter> snapshot(String queue) {
        try {
            return letters.snapshot(queue).stream().flatMap(snapshot -> snapshot.letters().stream());
        } catch (RuntimeException e) {
            log.warn("The snapshot of {} could not be read, so stories lack its dead letters: {}", queue, e.toString());
            return Stream.empty();
        }
    }

    private static NamedLetter named(DeadLetter letter) {
        return new NamedLetter(
                letter.queue(),
                letter.messageId(),
                letter.code(),
                letter.reason(),
                letter.seenAt(),
                letter.deletedAt());
    }
}
