package dev.attache.deadletters.redrive;

import dev.attache.deadletters.tasks.DeadLetterProperties;
import dev.attache.deadletters.tasks.TaskRun;
import dev.attache.deadletters.tasks.TaskRun.Ending;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.model.Message;

/**
 * One pass over a dead-letter queue. SQS cannot list messages, so each letter is received and stays invisible, to this
 * pass as well, until the pass ends; then those that are still there are made visible again. SQS may return a letter
 * late or twice: each is handled once, and the pass ends after several rounds without a new one.
 */
final class LetterPass {

    /** How often a receive may fail in a row because SQS does not answer. */
    private static final int FAILURES = 5;

    private static final Duration AFTER_FAILURE = Duration.ofSeconds(2);

    /** The pause between rounds while letters of a crashed instance are hidden. */
    private static final Duration WHILE_HIDDEN = Duration.ofSeconds(1);

    private final ConsoleQueues queues;

    private final String queue;

    private final DeadLetterProperties properties;

    private final TaskRun run;

    private final Clock clock;

    private final HeldLetters held;

    private boolean drained;

    LetterPass(ConsoleQueues queues, DeadLetterProperties properties, TaskRun run, Clock clock) {
        this.queues = queues;
        this.queue = run.request().queue();
        this.properties = properties;
        this.run = run;
        this.clock = clock;
        this.held = new HeldLetters(queues, properties.hold(), run, clock);
    }

    /** Handles the letters of a round. */
    @FunctionalInterface
    interface Round {

        /**
         * @param letters those that were not seen before
         * @return whether the pass is to continue
         */
        boolean handle(List<Message> letters);
    }

    /**
     * Receives letters until there are none, the round returns false, or the task is to end. Gives back all that were
     * not deleted.
     *
     * @throws QueueCallException if SQS refuses a call
     */
    void run(Round round) {
        CountDownLatch ended = new CountDownLatch(1);
        var _ = Thread.ofVirtual().name("hold-" + queue).start(() -> extendUntil(ended));
        try {
            receiveAll(round);
        } finally {
            // Without an interrupt: SQS may carry out a call whose response nobody awaits.
            ended.countDown();
            held.giveBack();
        }
    }

    private void receiveAll(Round round) {
        int empty = 0;
        int failures = 0;
        while (!run.isEnding() && empty < properties.emptyRounds()) {
            Received received = receive();
            if (!received.fresh().isEmpty()) {
                empty = 0;
                if (!round.handle(received.fresh())) {
                    return;
                }
            } else if (received.failure() == null) {
                empty += mayBeHidden() ? 0 : 1;
            }
            if (isFull(received.failure())) {
                run.note(
                        "in-flight",
                        "Only %,d letters were looked at, because SQS limits how many may be in flight"
                                .formatted(held.seen().size()));
                return;
            }
            failures = received.failure() == null ? 0 : failures + 1;
            pauseAfter(received.failure(), failures);
        }
        drained = !run.isEnding();
    }

    /** Waits if so. */
    private boolean mayBeHidden() {
        return run.mayBeHidden() && run.pause(WHILE_HIDDEN);
    }

    /** SQS answers {@code OverLimit} when too many messages are in flight ("ReceiveMessage"). */
    private boolean isFull(@Nullable QueueCallException failure) {
        return held.size() >= DeadLetterProperties.MOST_HELD
                || (failure != null && failure.code().equals("OverLimit"));
    }

    private void pauseAfter(@Nullable QueueCallException failure, int failures) {
        if (failure == null) {
            return;
        }
        if (!failure.isTemporary() || failures >= FAILURES) {
            throw failure;
        }
        run.pause(AFTER_FAILURE);
    }

    /**
     * The letters of several receives.
     *
     * @param failure of one of the receives; null if all succeeded
     */
    private record Received(List<Message> fresh, @Nullable QueueCallException failure) {}

    private Received receive() {
        Instant until = clock.instant().plus(properties.hold());
        List<Message> messages = new ArrayList<>();
        QueueCallException failure = null;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<Message>>> receives = IntStream.range(0, properties.receives())
                    .mapToObj(i -> threads.submit(() -> queues.receive(queue, properties.hold())))
                    .toList();
            for (Future<List<Message>> receive : receives) {
                try {
                    messages.addAll(receive.get());
                } catch (ExecutionException e) {
                    failure = failure(e);
                }
            }
        } catch (InterruptedException e) {
            run.end(Ending.INSTANCE_STOPS);
        }
        return new Received(held.add(messages, until), failure);
    }

    private static QueueCallException failure(ExecutionException e) {
        if (e.getCause() instanceof QueueCallException failure) {
            return failure;
        }
        throw new IllegalStateException("A receive failed unexpectedly", e.getCause());
    }

    /**
     * Deletes letters of this pass. If SQS returns one of them again, it is deleted again.
     *
     * @return the ids of those that could not be deleted
     */
    Set<String> delete(Collection<Message> letters) {
        return held.delete(letters);
    }

    /** The ids of the letters that were received, whatever became of them. */
    Set<String> seen() {
        return held.seen();
    }

    /** The ids of those that were deleted. */
    Set<String> deleted() {
        return held.deleted();
    }

    /** Whether there were no further letters. */
    boolean isDrained() {
        return drained;
    }

    private void extendUntil(CountDownLatch ended) {
        try {
            while (!ended.await(properties.hold().dividedBy(4).toMillis(), TimeUnit.MILLISECONDS)) {
                held.extend();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
