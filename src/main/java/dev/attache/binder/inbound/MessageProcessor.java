package dev.attache.binder.inbound;

import dev.attache.binder.failure.AttemptResult;
import dev.attache.binder.failure.DeadLetterWriter;
import dev.attache.binder.failure.Failure;
import dev.attache.binder.failure.FailureClassifier;
import dev.attache.binder.failure.FailureDecisions;
import dev.attache.binder.gate.Gate;
import dev.attache.binder.gate.ProbeTicket;
import dev.attache.binder.gate.WaitResult;
import dev.attache.binder.inbound.MessageRetries.Next;
import dev.attache.binder.message.QueueCalls;
import dev.attache.binder.message.ReceivedMessage;
import dev.attache.binder.metrics.InputMeters;
import dev.attache.binder.observation.BinderObservations;
import dev.attache.binder.observation.MessageObservation;
import dev.attache.binder.settings.SqsConsumerProperties;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Handles a message: calls the function, publishes its outputs, and settles the message. After an attempt
 * {@link FailureDecisions} decides; {@link MessageRetries} waits, and {@link MessageSettlement} executes any other
 * decision.
 */
final class MessageProcessor {

    private static final Logger log = LoggerFactory.getLogger(MessageProcessor.class);

    private final FunctionCall function;

    private final FailureClassifier classifier;

    private final FailureDecisions decisions;

    private final MessageSettlement settlement;

    private final MessageRetries retries;

    private final BinderObservations observations;

    private final InputMeters meters;

    MessageProcessor(
            FunctionCall function,
            FailureClassifier classifier,
            FailureDecisions decisions,
            MessageSettlement settlement,
            MessageRetries retries,
            BinderObservations observations,
            InputMeters meters) {
        this.function = function;
        this.classifier = classifier;
        this.decisions = decisions;
        this.settlement = settlement;
        this.retries = retries;
        this.observations = observations;
        this.meters = meters;
    }

    /** Creates the processor of an input. */
    static MessageProcessor of(
            InboundContext context,
            SqsConsumerProperties properties,
            FunctionCall function,
            QueueCalls calls,
            MessageRetries retries,
            InputReport report,
            InputMeters meters) {
        FailureDecisions decisions = FailureDecisions.of(properties);
        DeadLetterWriter deadLetterWriter = new DeadLetterWriter(
                context.listener(), context.deadLetterAttributes(), calls, context.metrics(), context.clock());
        MessageSettlement settlement = new MessageSettlement(
                function,
                context.classifier(),
                decisions,
                deadLetterWriter,
                calls,
                context.outcomes(),
                retries,
                report,
                context.observations());
        return new MessageProcessor(
                function, context.classifier(), decisions, settlement, retries, context.observations(), meters);
    }

    /** Returns when the message is deleted, released or dead-lettered, or when the attempt to do so has failed. */
    void process(ReceivedMessage message) {
        ProbeTicket ticket = retries.begin(message);
        Optional<WaitResult> next = Optional.of(WaitResult.RETRY);
        try {
            for (int number = 1; next.isPresent(); number++) {
                Gate.State before = retries.gateState();
                AttemptResult result = attempt(message, ticket, number, next.get());
                next = retryOrSettle(result, before);
            }
        } catch (InterruptedException drainTimeoutOver) {
            giveUp(message, ticket, "It was not finished in time.");
        } finally {
            retries.end(ticket);
        }
    }

    /** Settles a message that is unfinished when the input stops, unless another thread settles it already. */
    void giveUp(ReceivedMessage message, String reason) {
        giveUp(message, new ProbeTicket(), reason);
    }

    private void giveUp(ReceivedMessage message, ProbeTicket ticket, String reason) {
        boolean owner = message.lease().claim(ticket);
        if (owner) {
            log.warn(
                    "Message {} of {} is given up because the input stops. {}",
                    message.id(),
                    message.queue().name(),
                    reason);
            AttemptResult result =
                    new AttemptResult(message, ticket, 1, new IllegalStateException(reason), new Failure.Down(reason));
            settlement.settle(result, decisions.atStop(reason, retries.attempt(message, result.attempts())));
        }
    }

    private AttemptResult attempt(ReceivedMessage message, ProbeTicket ticket, int number, WaitResult waited)
            throws InterruptedException {
        Throwable error = null;
        long since = System.nanoTime();
        MessageObservation observation = observations.process(message.queue().name(), message.sqs());
        try {
            function.call(message);
        } catch (InterruptedException e) {
            observation.stop(MessageObservation.errorType(e));
            throw e;
        } catch (ExecutionException e) {
            error = Objects.requireNonNullElse(e.getCause(), e);
        } catch (Throwable e) {
            error = e;
        } finally {
            retries.attempted(ticket, waited);
        }
        Failure failure = error == null ? null : classifier.classify(error);
        observation.stop(errorType(error, failure));
        meters.processed(outcome(failure), since);
        return new AttemptResult(message, ticket, number, error, failure);
    }

    /** A value of the tag {@code outcome}. */
    private static String outcome(@Nullable Failure failure) {
        return switch (failure) {
            case null -> "handled";
            case Failure.Rejected rejected -> "rejected";
            case Failure.Transient temporary -> "temporary";
            case Failure.Down down -> "unavailable";
            case Failure.Unexpected unexpected -> "unexpected";
        };
    }

    private static @Nullable String errorType(@Nullable Throwable error, @Nullable Failure failure) {
        if (failure instanceof Failure.Rejected rejected) {
            return rejected.code();
        }
        return error == null ? null : MessageObservation.errorType(error);
    }

    /**
     * Waits or settles the message, as decided.
     *
     * @param before the gate's state when the attempt began
     * @return how the wait ended, if the message may be tried again; empty if it is settled
     */
    private Optional<WaitResult> retryOrSettle(AttemptResult result, Gate.State before) throws InterruptedException {
        Next next = retries.next(
                result,
                result.attempts(),
                before,
                (attempt, gate, stopping) -> decisions.decide(result.failure(), attempt, gate, stopping));
        return switch (next) {
            case Next.Retry retry -> Optional.of(retry.waited());
            case Next.Settle settle -> {
                settlement.settle(result, settle.decision());
                yield Optional.empty();
            }
        };
    }
}
