package dev.attache.console.deadletters;

import dev.attache.deadletters.DeadLetters;
import dev.attache.deadletters.Tasks;
import dev.attache.queues.KnownQueue;
import dev.attache.queues.QueueCatalog;
import dev.attache.queues.QueueMonitor;
import dev.attache.queues.QueueState;
import java.util.List;
import java.util.Optional;

/** The dead-letter queues of this installation, with what is known about each. */
public final class DeadLetterQueues {

    private final QueueCatalog catalog;

    private final QueueMonitor monitor;

    private final DeadLetters letters;

    private final Tasks tasks;

    public DeadLetterQueues(QueueCatalog catalog, QueueMonitor monitor, DeadLetters letters, Tasks tasks) {
        this.catalog = catalog;
        this.monitor = monitor;
        this.letters = letters;
        this.tasks = tasks;
    }

    /** @throws RuntimeException if the ledger does not answer */
    List<QueueStatus> all() {
        List<QueueState> states = monitor.states();
        return catalog.deadLetterQueues().stream()
                .map(queue -> status(queue, states))
                .toList();
    }

    /** @throws RuntimeException if the ledger does not answer */
    Optional<QueueStatus> find(String name) {
        return known(name).map(queue -> status(queue, monitor.states()));
    }

    /** Whether there is a dead-letter queue with this name. */
    boolean contains(String name) {
        return known(name).isPresent();
    }

    private Optional<KnownQueue> known(String name) {
        return catalog.find(name).filter(KnownQueue::holdsDeadLetters);
    }

    private QueueStatus status(KnownQueue queue, List<QueueState> states) {
        Optional<QueueState> state = states.stream()
                .filter(it -> it.queue().name().equals(queue.name()))
                .findFirst();
        return new QueueStatus(
                queue,
                state.flatMap(it -> Optional.ofNullable(it.depth())),
                state.flatMap(it -> Optional.ofNullable(it.problem())),
                letters.snapshot(queue.name()),
                tasks.running(queue.name()));
    }
}
