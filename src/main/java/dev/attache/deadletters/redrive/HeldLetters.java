package dev.attache.deadletters.redrive;

import dev.attache.deadletters.tasks.TaskRun;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Gatherers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.sqs.model.Message;

/** The letters that a pass has received: those that it still holds, and those that it has deleted. Thread-safe. */
final class HeldLetters {

    private static final Logger log = LoggerFactory.getLogger(HeldLetters.class);

    /** The batches that are given back at the same time. */
    private static final int CONCURRENT = 8;

    private final ConsoleQueues queues;

    private final String queue;

    private final Duration hold;

    private final TaskRun run;

    private final Clock clock;

    private final Map<String, HeldLetter> held = new ConcurrentHashMap<>();

    private final Set<String> seen = ConcurrentHashMap.newKeySet();

    /** Letters that were to be deleted. If SQS returns one again, it is deleted again. */
    private final Set<String> settled = ConcurrentHashMap.newKeySet();

    private final Set<String> deleted = ConcurrentHashMap.newKeySet();

    private volatile boolean givingBack;

    /** @param hold for how long a letter is invisible to others */
    HeldLetters(ConsoleQueues queues, Duration hold, TaskRun run, Clock clock) {
        this.queues = queues;
        this.queue = run.request().queue();
        this.hold = hold;
        this.run = run;
        this.clock = clock;
    }

    /**
     * Adds letters that were received.
     *
     * @param until when they become visible again unless that is extended
     * @return those that were not received before
     */
    List<Message> add(List<Message> received, Instant until) {
        List<Message> fresh = new ArrayList<>();
        List<HeldLetter> again = new ArrayList<>();
        for (Message message : received) {
            HeldLetter letter = new HeldLetter(message.messageId(), message.receiptHandle(), until);
            if (settled.contains(letter.id())) {
                again.add(letter);
            } else {
                held.put(letter.id(), letter);
                if (seen.add(letter.id())) {
                    fresh.add(message);
                }
            }
        }
        again.stream()
                .gather(Gatherers.windowFixed(ConsoleQueues.BATCH))
                .map(batch -> new Deletion(queues, queue, run).delete(batch))
                .filter(left -> !left.isEmpty())
                .forEach(left -> log.debug("Letters of {} could not be deleted again: {}", queue, left));
        return fresh;
    }

    /**
     * Deletes letters.
     *
     * @return the ids of those that could not be deleted
     */
    Set<String> delete(Collection<Message> letters) {
        Set<String> notDeleted = new HashSet<>();
        letters.stream()
                .map(message -> held.get(message.messageId()))
                .filter(Objects::nonNull)
                .gather(Gatherers.windowFixed(ConsoleQueues.BATCH))
                .forEach(batch -> notDeleted.addAll(delete(batch)));
        return notDeleted;
    }

    private Set<String> delete(List<HeldLetter> letters) {
        letters.forEach(letter -> settled.add(letter.id()));
        Set<String> left = new Deletion(queues, queue, run).delete(letters);
        letters.forEach(letter -> {
            held.remove(letter.id());
            if (!left.contains(letter.id())) {
                deleted.add(letter.id());
            }
        });
        return left;
    }

    int size() {
        return held.size();
    }

    /** The ids of the letters that were received, whatever became of them. */
    Set<String> seen() {
        return seen;
    }

    /** The ids of those that were deleted. */
    Set<String> deleted() {
        return deleted;
    }

    /** Extends the time of letters of which half is over. Does nothing if they are given back. */
    synchronized void extend() {
        Instant soon = clock.instant().plus(hold.dividedBy(2));
        held.values().stream()
                .filter(letter -> letter.until().isBefore(soon))
                .gather(Gatherers.windowFixed(ConsoleQueues.BATCH))
                .takeWhile(batch -> !givingBack)
                .forEach(this::extend);
    }

    private void extend(List<HeldLetter> letters) {
        Instant until = clock.instant().plus(hold);
        try {
            Set<String> left = queues.changeVisibility(queue, letters, hold);
            letters.stream()
                    .filter(letter -> !left.contains(letter.id()))
                    .forEach(letter -> held.replace(letter.id(), letter, letter.until(until)));
        } catch (QueueCallException e) {
            log.debug("Letters of {} could not be extended, and may be received again", queue, e);
        }
    }

    /**
     * Makes all letters visible again. If this fails, they become visible when their time is over. Waits for an
     * extension that is under way: if SQS carried it out later, it would hide the letters once more.
     */
    void giveBack() {
        givingBack = true;
        giveAllBack();
    }

    private synchronized void giveAllBack() {
        List<HeldLetter> letters = List.copyOf(held.values());
        boolean interrupted = Thread.interrupted();
        try (ExecutorService threads =
                Executors.newFixedThreadPool(CONCURRENT, Thread.ofVirtual().factory())) {
            letters.stream()
                    .gather(Gatherers.windowFixed(ConsoleQueues.BATCH))
                    .forEach(batch -> threads.execute(() -> giveBack(batch)));
        }
        held.clear();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void giveBack(List<HeldLetter> letters) {
        try {
            Set<String> left = queues.changeVisibility(queue, letters, Duration.ZERO);
            if (!left.isEmpty()) {
                log.debug("{} letters of {} become visible later", left.size(), queue);
            }
        } catch (QueueCallException e) {
            run.note(
                    "held", "Letters become visible again within %d s: %s".formatted(hold.toSeconds(), e.getMessage()));
        }
    }
}
