package dev.attache.binder.inbound;

import dev.attache.binder.failure.Attempt;
import dev.attache.binder.failure.AttemptResult;
import dev.attache.binder.failure.Attempts;
import dev.attache.binder.failure.Decision;
import dev.attache.binder.gate.Gate;
import dev.attache.binder.gate.ProbeScheduler;
import dev.attache.binder.gate.ProbeTicket;
import dev.attache.binder.gate.StopSignal;
import dev.attache.binder.gate.WaitResult;
import dev.attache.binder.message.ReceivedMessage;

/**
 * Makes a message wait between its attempts, as decided. The decision depends on the input: on its gate, and on whether
 * it stops.
 */
final class MessageRetries {

    private final Gate gate;

    private final ProbeScheduler probes;

    private final StopSignal stop;

    private final Attempts attempts;

    private final InputReport report;

    MessageRetries(Gate gate, ProbeScheduler probes, StopSignal stop, Attempts attempts, InputReport report) {
        this.gate = gate;
        this.probes = probes;
        this.stop = stop;
        this.attempts = attempts;
        this.report = report;
    }

    /** Decides what follows a failed attempt, or a failed step of the settlement. */
    @FunctionalInterface
    interface Decider {

        Decision decide(Attempt attempt, Gate.State gate, boolean stopping);
    }

    /** What follows an attempt, or a step of the settlement. */
    sealed interface Next {

        /**
         * Another attempt; {@link #attempted} must follow it.
         *
         * @param waited how the wait ended
         */
        record Retry(WaitResult waited) implements Next {}

        /** No further attempt: the message is to be settled. */
        record Settle(Decision.Settlement decision) implements Next {}
    }

    /** Registers a message before its first attempt. {@link #end} must follow. */
    ProbeTicket begin(ReceivedMessage message) {
        return probes.ticket(message.id());
    }

    /** The message is settled. */
    void end(ProbeTicket ticket) {
        probes.end(ticket);
    }

    Gate.State gateState() {
        return gate.state();
    }

    boolean isStopping() {
        return stop.isStopping();
    }

    /** @param failedInPlace as in {@link Attempts#of} */
    Attempt attempt(ReceivedMessage message, int failedInPlace) {
        return attempts.of(message, failedInPlace);
    }

    /**
     * Decides, and waits if that is the decision. Decides again if the input stops during the wait, or if the message
     * has waited for as long as it may. Reports decisions to wait; the caller reports all others.
     *
     * @param failedInPlace as in {@link Attempts#of}
     * @param before the gate's state when the attempt began. The worse of this state and the current one counts,
     *     because a service that has recovered since then did not answer this attempt
     */
    Next next(AttemptResult result, int failedInPlace, Gate.State before, Decider decider) throws InterruptedException {
        Gate.State state = Gate.State.worse(before, gate.state());
        while (true) {
            switch (decider.decide(attempt(result.message(), failedInPlace), state, stop.isStopping())) {
                case Decision.Settlement settlement -> {
                    return new Next.Settle(settlement);
                }
                case Decision.Wait wait -> {
                    report.decided(result, wait);
                    WaitResult waited = await(result.ticket(), wait);
                    if (waited.mayAttempt()) {
                        return new Next.Retry(waited);
                    }
                }
            }
            state = gate.state();
        }
    }

    WaitResult await(ProbeTicket ticket, Decision.Wait wait) throws InterruptedException {
        return probes.await(ticket, wait.pause(), wait.atMost());
    }

    /**
     * An attempt has ended.
     *
     * @param waited how the wait before it ended
     */
    void attempted(ProbeTicket ticket, WaitResult waited) {
        if (waited == WaitResult.PROBE) {
            probes.probed(ticket);
        }
    }
}
