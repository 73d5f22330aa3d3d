package dev.attache.binder.inbound;

import dev.attache.binder.failure.AttemptResult;
import dev.attache.binder.failure.DeadLetterWriter;
import dev.attache.binder.failure.Decision;
import dev.attache.binder.failure.Failure;
import dev.attache.binder.failure.FailureClassifier;
import dev.attache.binder.failure.FailureDecisions;
import dev.attache.binder.gate.Gate;
import dev.attache.binder.gate.ProbeTicket;
import dev.attache.binder.gate.WaitResult;
import dev.attache.binder.inbound.MessageRetries.Decider;
import dev.attache.binder.inbound.MessageRetries.Next;
import dev.attache.binder.message.QueueCalls;
import dev.attache.binder.message.ReceivedMessage;
import dev.attache.binder.message.RedriveOutcomes;
import dev.attache.binder.observation.BinderObservations;
import dev.attache.binder.observation.MessageObservation;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Ends the handling of a message: deletes it, releases it, or moves it to the dead-letter queue. A call that fails is
 * repeated as {@link FailureDecisions} decides; the function is not called again, because it may have sent a mail.
 */
final class MessageSettlement {

    private final FunctionCall function;

    private final FailureClassifier classifier;

    private final FailureDecisions decisions;

    private final DeadLetterWriter deadLetterWriter;

    private final QueueCalls calls;

    private final RedriveOutcomes outcomes;

    private final MessageRetries retries;

    private final InputReport report;

    private final BinderObservations observations;

    MessageSettlement(
            FunctionCall function,
            FailureClassifier classifier,
            FailureDecisions decisions,
            DeadLetterWriter deadLetterWriter,
            QueueCalls calls,
            RedriveOutcomes outcomes,
            MessageRetries retries,
            InputReport report,
            BinderObservations observations) {
        this.function = function;
        this.classifier = classifier;
        this.decisions = decisions;
        this.deadLetterWriter = deadLetterWriter;
        this.calls = calls;
        this.outcomes = outcomes;
        this.retries = retries;
        this.report = report;
        this.observations = observations;
    }

    /**
     * Reports and executes a decision. A message that another thread has claimed is not released or dead-lettered, but
     * it is deleted if it was handled.
     */
    void settle(AttemptResult result, Decision.Settlement decision) {
        report.decided(result, decision);
        boolean owner = result.message().lease().claim(result.ticket());
        switch (decision) {
            case Decision.Acknowledge handled -> delete(result);
            case Decision.Release release -> {
                if (owner) {
                    release(result.message(), release.after());
                }
            }
            case Decision.DeadLetter rejected -> {
                if (owner) {
                    observedMove(result, rejected);
                }
            }
        }
    }

    /** The announcement is published in the trace of the message. */
    private void observedMove(AttemptResult result, Decision.DeadLetter decision) {
        ReceivedMessage message = result.message();
        MessageObservation observation = observations.deadLetter(message.queue().name(), message.sqs());
        try {
            move(result, decision);
        } finally {
            observation.stop(null);
        }
    }

    /** If this fails, the message becomes visible again after its visibility timeout. */
    private void release(ReceivedMessage message, Duration after) {
        var _ = calls.release(message, after).whenComplete((done, error) -> {
            if (error != null) {
                report.notReleased(message, error);
            }
        });
    }

    /** A message that cannot be deleted yet stays in flight, and counts as one of the input's messages in flight. */
    private void delete(AttemptResult handled) {
        WaitResult waited = WaitResult.RETRY;
        for (int tries = 1; waited.mayAttempt(); tries++) {
            RuntimeException error = attempt(
                    handled.ticket(),
                    waited,
                    () -> calls.delete(handled.message()).join());
            if (error == null) {
                outcomes.handled(handled.message());
                return;
            }
            report.notDeleted(handled.message(), error);
            Optional<Decision.RetryInPlace> retry = decisions.ifNotDeleted(
                    classifier.classify(error), retries.attempt(handled.message(), tries), retries.isStopping());
            if (retry.isEmpty()) {
                return;
            }
            waited = await(handled.ticket(), retry.get());
        }
    }

    /**
     * The next step of moving a message to the dead-letter queue.
     *
     * @param waited how the wait before this step ended
     */
    private record Step(Decision.DeadLetter decision, WaitResult waited) {}

    private void move(AttemptResult result, Decision.DeadLetter decision) {
        // The end of the drain timeout interrupts threads: announcing and copying must go on.
        Thread.interrupted();
        Throwable error = Objects.requireNonNull(result.error(), "only a message that failed is dead-lettered");
        DeadLetterWriter.Move move = deadLetterWriter.begin(result.message(), decision.failure(), error);
        Optional<Step> next = Optional.of(new Step(decision, WaitResult.RETRY));
        for (int tries = 1; next.isPresent(); tries++) {
            Step step = next.get();
            RuntimeException failed = attempt(
                    result.ticket(),
                    step.waited(),
                    () -> function.withBodyOf(
                            result.message(), () -> move.proceed(step.decision().announcement())));
            if (failed == null) {
                outcomes.rejected(result.message(), decision.failure().code());
                return;
            }
            report.notMoved(result.message(), failed);
            next = nextStep(result, move, step.decision(), classifier.classify(failed), tries);
        }
    }

    /**
     * Waits or releases the message, as decided.
     *
     * @return empty if there is no further step
     */
    private Optional<Step> nextStep(
            AttemptResult result, DeadLetterWriter.Move move, Decision.DeadLetter failed, Failure failure, int tries) {
        return switch (next(result, tries, decider(move, failed, failure))) {
            case Next.Retry retry -> Optional.of(new Step(failed, retry.waited()));
            case Next.Settle(Decision.DeadLetter other)
            when !other.equals(failed) -> Optional.of(new Step(other, WaitResult.RETRY));
            case Next.Settle(Decision.Release release) -> {
                report.decided(result, release);
                release(result.message(), release.after());
                yield Optional.empty();
            }
            case Next.Settle sameStep -> {
                // No other step is left: the queue's redrive policy moves the message, without a reason.
                release(result.message(), Duration.ZERO);
                yield Optional.empty();
            }
        };
    }

    private Decider decider(DeadLetterWriter.Move move, Decision.DeadLetter failed, Failure failure) {
        return move.isToBeAnnounced(failed.announcement())
                ? (attempt, gate, stopping) ->
                        decisions.ifNotAnnounced(failed.failure(), move.isCopied(), failure, attempt, gate, stopping)
                : (attempt, gate, stopping) -> decisions.ifNotMoved(failed.failure(), failure, attempt, gate, stopping);
    }

    /** The end of the drain timeout interrupts the wait: the settlement is then decided again, as at any stop. */
    private Next next(AttemptResult result, int tries, Decider decider) {
        while (true) {
            try {
                return retries.next(result, tries, Gate.State.OPEN, decider);
            } catch (InterruptedException drainTimeoutOver) {
                // The input stops, so the next decision is not to wait.
            }
        }
    }

    /** @return null if the call succeeded */
    private @Nullable RuntimeException attempt(ProbeTicket ticket, WaitResult waited, Runnable call) {
        try {
            call.run();
            return null;
        } catch (RuntimeException e) {
            return e;
        } finally {
            retries.attempted(ticket, waited);
        }
    }

    /** The end of the drain timeout interrupts the wait, as any stop does. */
    private WaitResult await(ProbeTicket ticket, Decision.Wait wait) {
        try {
            return retries.await(ticket, wait);
        } catch (InterruptedException drainTimeoutOver) {
            return WaitResult.STOPPING;
        }
    }
}
