package dev.attache.story;

import dev.attache.deadletters.DeadLetter;
import dev.attache.deadletters.DeadLetters;
import dev.attache.queues.KnownQueue;
import dev.attache.queues.QueueCatalog;
import java.util.List;

/** Finds the dead letters of a request in the last snapshots of the dead-letter queues. */
final class RequestLetters {

    private final DeadLetters letters;

    private final QueueCatalog queues;

    RequestLetters(DeadLetters letters, QueueCatalog queues) {
        this.letters = letters;
        this.queues = queues;
    }

    /** The letters that name the request, and its source if they name one. */
    List<NamedLetter> of(String source, String requestId) {
        return queues.deadLetterQueues().stream()
                .map(KnownQueue::name)
                .flatMap(queue -> letters.snapshot(queue).stream())
                .flatMap(snapshot -> snapshot.letters().stream())
                .filter(letter -> requestId.equals(letter.requestId()))
                .filter(letter -> letter.source() == null || letter.source().equals(source))
                .map(RequestLetters::named)
                .toList();
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
