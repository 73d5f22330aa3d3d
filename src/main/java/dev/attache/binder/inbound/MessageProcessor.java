package dev.attache.binder.inbound;

import dev.attache.binder.failure.Attempt;
import dev.attache.binder.failure.AttemptResult;
import dev.attache.binder.failure.DeadLetters;
import dev.attache.binder.failure.Decision;
import dev.attache.binder.failure.Failure;
import dev.attache.binder.failure.FailureClassifier;
import dev.attache.binder.failure.FailureDecisions;
import dev.attache.binder.gate.Gate;
import dev.attache.binder.gate.ProbeScheduler;
import dev.attache.binder.gate.ProbeScheduler.Turn;
import dev.attache.binder.gate.ProbeTicket;
import dev.attache.binder.gate.StopSignal;
import dev.attache.binder.message.QueueCalls;
import dev.attache.binder.message.ReceivedMessage;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Handles one message: the function is called, everything that follows is published, and only then is the message
 * deleted. After an attempt that failed, {@link FailureDecisions} decides, and the decision is executed here and
 * nowhere else.
 */
public final class MessageProcessor {

    private static final Logger log = LoggerFactory.getLogger(MessageProcessor.class);

    private final FunctionCall function;

    private final FailureClassifier classifier;

    private final FailureDecisions decisions;

    private final DeadLetters deadLetters;

    private final QueueCalls calls;

    private final Gate gate;

    private final ProbeScheduler turns;

    private final StopSignal stop;

    private final InputReport report;

    private final Clock clock;

    private final RandomGenerator random = RandomGenerator.getDefault();

    MessageProcessor(
            FunctionCall function,
            FailureClassifier classifier,
            DeadLetters deadLetters,
            QueueCalls calls,
            Gate gate,
            ProbeScheduler turns,
            StopSignal stop,
            InputReport report,
            Clock clock) {
        this.function = function;
        this.classifier = classifier;
        this.decisions = FailureDecisions.of(function.properties());
        this.deadLetters = deadLetters;
        this.calls = calls;
        this.gate = gate;
        this.turns = turns;
        this.stop = stop;
        this.report = report;
        this.clock = clock;
    }

    /** Returns when the message is deleted or released, or when the attempt to do so has failed. */
    void process(ReceivedMessage message) {
        ProbeTicket ticket = turns.ticket(message.id());
        Turn turn = Turn.RETRY;
        try {
            for (int attempts = 1; turn != null; attempts++) {
                Gate.State before = gate.state();
                Throwable error = attempt(message, turn, ticket);
                turn = settle(
                        new AttemptResult(
                                message, ticket, attempts, error, error == null ? null : classifier.classify(error)),
                        before);
            }
        } catch (InterruptedException e) {
            // At the end of a stop's drain.
            giveUp(message, ticket, "It was not finished in time.");
        } finally {
            turns.end(ticket);
        }
    }

    /** Settles a message that this input, which is stopping, does not handle any more, unless its own thread has. */
    void giveUp(ReceivedMessage message, String reason) {
        giveUp(message, new ProbeTicket(), reason);
    }

    private void giveUp(ReceivedMessage message, ProbeTicket by, String reason) {
        AttemptResult attempted =
                new AttemptResult(message, by, 1, new IllegalStateException(reason), new Failure.Down(reason));
        if (settles(attempted)) {
            log.warn(
                    "Message {} of {} is given up, for the input stops. {}",
                    message.id(),
                    message.queue().name(),
                    reason);
            executeUninterrupted(attempted, decisions.atStop(reason, attempted.attempt(clock, random)));
        }
    }

    private @Nullable Throwable attempt(ReceivedMessage message, Turn turn, ProbeTicket ticket)
            throws InterruptedException {
        try {
            function.call(message);
            return null;
        } catch (ExecutionException e) {
            return e.getCause();
        } catch (InterruptedException e) {
            throw e;
        } catch (Throwable e) {
            return e;
        } finally {
            if (turn == Turn.PROBE) {
                turns.probed(ticket);
            }
        }
    }

    /**
     * Decides and executes; decides again when the input stops or the message has waited for as long as it may.
     *
     * @param before the gate's state when the attempt began: a service that has come back since has not answered this
     *     attempt
     * @return how the message goes on, or null when it is settled
     */
    private @Nullable Turn settle(AttemptResult attempted, Gate.State before) throws InterruptedException {
        Turn turn;
        Gate.State state = Gate.State.worse(before, gate.state());
        do {
            turn = execute(
                    attempted,
                    decisions.decide(attempted.failure(), attempted.attempt(clock, random), state, stop.isStopping()));
            state = gate.state();
        } while (turn == Turn.STOP || turn == Turn.TIME_OVER);
        return turn;
    }

    private @Nullable Turn execute(AttemptResult attempted, Decision decision) throws InterruptedException {
        report.decided(attempted.message(), attempted.failure(), attempted.error(), decision);
        return switch (decision) {
            case Decision.RetryInPlace retry -> turns.await(attempted.ticket(), retry.pause(), retry.atMost());
            case Decision.KeepInFlight keep -> turns.await(attempted.ticket(), Duration.ZERO, keep.atMost());
            case Decision.Acknowledge handled -> {
                settles(attempted);
                acknowledge(attempted);
                yield null;
            }
            case Decision.Release release -> {
                if (settles(attempted)) {
                    release(attempted.message(), release.after());
                }
                yield null;
            }
            case Decision.DeadLetter letter -> {
                if (settles(attempted)) {
                    move(attempted, letter);
                }
                yield null;
            }
        };
    }

    private static boolean settles(AttemptResult attempted) {
        return attempted.message().hold().settle(attempted.ticket());
    }

    /**
     * Announces the rejection and moves the message. While that fails it is tried again; the message itself is not: its
     * handling has ended, and a mail would be sent once more.
     */
    private void move(AttemptResult attempted, Decision.DeadLetter first) {
        // The end of a drain interrupts threads; what is said and written of their messages must not be.
        Thread.interrupted();
        Throwable rejection = Objects.requireNonNull(attempted.error(), "only a message that failed is moved");
        DeadLetters.Move move = deadLetters.begin(attempted.message(), first.failure(), rejection);
        Decision.DeadLetter letter = first;
        Turn turn = Turn.RETRY;
        for (int tries = 1; turn != null; tries++) {
            Decision.DeadLetter step = letter;
            RuntimeException error = attempt(
                    attempted,
                    turn,
                    () -> function.withBodyOf(attempted.message(), () -> move.proceed(step.announcement())));
            if (error == null) {
                return;
            }
            report.notMoved(attempted.message(), error);
            Failure failure = classifier.classify(error);
            AttemptResult inVain = attempted.again(tries, error, failure);
            do {
                Decision decision = afterMoveFailed(move, letter, failure, inVain);
                if (decision.equals(letter)) {
                    // Nothing is left to try: the queue's own redrive policy moves it, without a reason.
                    release(attempted.message(), Duration.ZERO);
                    return;
                }
                if (decision instanceof Decision.DeadLetter next) {
                    letter = next;
                    turn = Turn.RETRY;
                } else {
                    turn = executeUninterrupted(attempted, decision);
                }
            } while (turn == Turn.STOP || turn == Turn.TIME_OVER);
        }
    }

    private Decision afterMoveFailed(
            DeadLetters.Move move, Decision.DeadLetter letter, Failure failure, AttemptResult inVain) {
        Attempt attempt = inVain.attempt(clock, random);
        return move.isToBeAnnounced(letter.announcement())
                ? decisions.ifNotAnnounced(
                        letter.failure(), move.isCopied(), failure, attempt, gate.state(), stop.isStopping())
                : decisions.ifNotMoved(letter.failure(), failure, attempt, gate.state(), stop.isStopping());
    }

    /** The end of a drain interrupts a wait; what is to be moved is then moved or released, and not forgotten. */
    private @Nullable Turn executeUninterrupted(AttemptResult attempted, Decision decision) {
        try {
            return execute(attempted, decision);
        } catch (InterruptedException e) {
            return Turn.STOP;
        }
    }

    private @Nullable RuntimeException attempt(AttemptResult attempted, Turn turn, Runnable step) {
        try {
            step.run();
            return null;
        } catch (RuntimeException e) {
            return e;
        } finally {
            if (turn == Turn.PROBE) {
                turns.probed(attempted.ticket());
            }
        }
    }

    /**
     * A message that cannot be deleted stays in flight until it can; what waits here is bounded by the input's messages
     * in flight.
     */
    private void acknowledge(AttemptResult handled) {
        Turn turn = Turn.RETRY;
        for (int tries = 1; turn == Turn.RETRY || turn == Turn.PROBE; tries++) {
            RuntimeException error =
                    attempt(handled, turn, () -> calls.delete(handled.message()).join());
            if (error == null) {
                return;
            }
            report.notDeleted(handled.message(), error);
            Failure failure = classifier.classify(error);
            turn = decisions
                    .ifNotDeleted(
                            failure, handled.again(tries, error, failure).attempt(clock, random), stop.isStopping())
                    .map(retry -> pause(handled, retry))
                    .orElse(Turn.TIME_OVER);
        }
    }

    private Turn pause(AttemptResult handled, Decision.RetryInPlace retry) {
        try {
            return turns.await(handled.ticket(), retry.pause(), retry.atMost());
        } catch (InterruptedException e) {
            return Turn.STOP;
        }
    }

    /** When this fails, the queue's own visibility timeout makes the message visible again. */
    void release(ReceivedMessage message, Duration after) {
        var _ = calls.release(message, after).whenComplete((done, error) -> {
            if (error != null) {
                report.notReleased(message, error);
            }
        });
    }
}
