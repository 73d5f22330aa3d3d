package dev.attache.binder.inbound;

import dev.attache.binder.gate.Gate;
import dev.attache.binder.message.ReceivedMessage;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;

/**
 * Reads the state of an input from its parts.
 *
 * @param mostInFlight how many messages may be in flight
 */
record StatusReader(
        String queue, Clock clock, Gate gate, InputReport report, InFlightMessages inFlight, int mostInFlight) {

    InputStatus read(boolean running, boolean paused) {
        List<ReceivedMessage> messages = inFlight.messages();
        PollHistory.State polls = report.polls().state(messages.isEmpty());
        Gate.State state = gate.state();
        boolean mayReceive = running && !paused && state == Gate.State.OPEN;
        return new InputStatus(
                queue,
                clock.instant(),
                state,
                gate.closedBy(),
                report.gateHistory().since(),
                report.gateHistory().closedSince(),
                polls.last(),
                polls.failSince(),
                polls.failure(),
                polls.receives(),
                mayReceive ? polls.unansweredSince() : null,
                paused,
                running,
                messages.size(),
                mostInFlight,
                messages.stream()
                        .flatMap(message -> message.sentAt().stream())
                        .min(Comparator.naturalOrder())
                        .orElse(null));
    }
}
