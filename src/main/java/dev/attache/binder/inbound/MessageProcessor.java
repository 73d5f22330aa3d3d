package dev.attache.binder.inbound;

import dev.attache.binder.failure.Attempt;
import dev.attache.binder.failure.AttemptResult;
import dev.attache.binder.failure.Attempts;
import dev.attache.binder.failure.Decision;
import dev.attache.binder.failure.Failure;
import dev.attache.binder.failure.FailureClassifier;
import dev.attache.binder.failure.FailureDecisions;
import dev.attache.binder.gate.Gate;
import dev.attache.binder.gate.ProbeScheduler;
import dev.attache.binder.gate.ProbeTicket;
import dev.attache.binder.gate.StopSignal;
import dev.attache.binder.gate.WaitResult;
import dev.attache.binder.message.ReceivedMessage;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Handles a message: calls the function, publishes its outputs, and settles the message. After an attempt
 * {@link FailureDecisions} decides; a decision to wait is executed here, any other one by {@link MessageSettlement}.
 */
final class MessageProcessor {

    private static final Logger log = LoggerFactory.getLogger(MessageProcessor.class);

    private final FunctionCall function;

    private final FailureClassifier classifier;

    private final FailureDecisions decisions;

    private final Attempts attempts;

    private final MessageSettlement settlement;

    private final Gate gate;

    private final ProbeScheduler probes;

    private final StopSignal stop;

    private final InputReport report;

    MessageProcessor(
            FunctionCall function,
            FailureClassifier classifier,
            FailureDecisions decisions,
            Attempts attempts,
            MessageSettlement settlement,
            Gate gate,
            ProbeScheduler probes,
            StopSignal stop,
            InputReport report) {
        this.function = function;
        this.classifier = classifier;
        this.decisions = decisions;
        this.attempts = attempts;
        this.settlement = settlement;
        this.gate = gate;
        this.probes = probes;
        this.stop = stop;
        this.report = report;
    }

    /** Returns when the message is deleted, released or dead-lettered, or when the attempt to do so has failed. */
    void process(ReceivedMessage message) {
        ProbeTicket ticket = probes.ticket(message.id());
        Optional<WaitResult> next = Optional.of(WaitResult.RETRY);
        try {
            for (int number = 1; next.isPresent(); number++) {
                Gate.State before = gate.state();
                AttemptResult result = attempt(message, ticket, number, next.get());
                next = waitOrSettle(result, before);
            }
        } catch (InterruptedException drainTimeoutOver) {
            giveUp(message, ticket, "It was not finished in time.");
        } finally {
            probes.end(ticket);
        }
    }

    /** Settles a message that the input does not handle any more because it stops, unless its own thread does. */
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
            Decision.NotHandled decision = decisions.atStop(reason, attempts.of(message, result.attempts()));
            report.decided(result, decision);
            settlement.settle(result, decision);
        }
    }

    private AttemptResult attempt(ReceivedMessage message, ProbeTicket ticket, int number, WaitResult waited)
            throws InterruptedException {
        Throwable error = null;
        try {
            function.call(message);
        } catch (InterruptedException e) {
            throw e;
        } catch (ExecutionException e) {
            error = Objects.requireNonNullElse(e.getCause(), e);
        } catch (Throwable e) {
            error = e;
        } finally {
            if (waited == WaitResult.PROBE) {
                probes.probed(ticket);
            }
        }
        return new AttemptResult(message, ticket, number, error, error == null ? null : classifier.classify(error));
    }

    /**
     * Waits or settles the message, as decided. Decides again when the input stops or the message has waited for as
     * long as it may.
     *
     * @param before the gate's state when the attempt began; if it was worse than now, it decides, because a service
     *     that has recovered since did not answer this attempt
     * @return how the message may be tried again; empty if it is settled
     */
    private Optional<WaitResult> waitOrSettle(AttemptResult result, Gate.State before) throws InterruptedException {
        Gate.State state = Gate.State.worse(before, gate.state());
        while (true) {
            Attempt attempt = attempts.of(result.message(), result.attempts());
            Decision decision = decisions.decide(result.failure(), attempt, state, stop.isStopping());
            report.decided(result, decision);
            switch (decision) {
                case Decision.Wait wait -> {
                    WaitResult waited = probes.await(result.ticket(), wait.pause(), wait.atMost());
                    if (waited.mayAttempt()) {
                        return Optional.of(waited);
                    }
                }
                case Decision.Settlement settled -> {
                    settlement.settle(result, settled);
                    return Optional.empty();
                }
            }
            state = gate.state();
        }
    }
}
