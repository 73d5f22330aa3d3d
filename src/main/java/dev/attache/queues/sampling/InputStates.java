package dev.attache.queues.sampling;

import dev.attache.binder.InputStatuses;
import dev.attache.binder.inbound.InputStatus;
import dev.attache.queues.InputState;
import dev.attache.queues.QueueReference;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The states of this worker's inputs, by the names of their queues. */
final class InputStates {

    private final InputStatuses statuses;

    private final InputRates rates;

    private final Supplier<Map<String, String>> breakers;

    /** @param breakers the state of each circuit breaker, by its name */
    InputStates(InputStatuses statuses, InputRates rates, Supplier<Map<String, String>> breakers) {
        this.statuses = statuses;
        this.rates = rates;
        this.breakers = breakers;
    }

    Map<String, InputState> now() {
        Map<String, String> states = breakers.get();
        return statuses.now().stream()
                .collect(Collectors.toMap(
                        status -> QueueReference.of(status.queue()).name(),
                        status -> state(status, states),
                        // Several bindings may receive from one queue.
                        (one, other) -> one));
    }

    private InputState state(InputStatus status, Map<String, String> states) {
        InputRates.Rate rate = rates.of(status.queue());
        return new InputState(
                status.running(),
                status.paused(),
                status.gate().name(),
                status.closedBy(),
                status.closedSince(),
                status.lastPoll(),
                status.pollsFailSince(),
                status.pollFailure(),
                status.inFlight(),
                status.mostInFlight(),
                status.oldestInFlightSent(),
                rate.attempted(),
                rate.handled(),
                states);
    }
}
