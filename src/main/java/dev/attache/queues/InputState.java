package dev.attache.queues;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What this worker's input of a queue does. Other workers may be in another state.
 *
 * @param running whether the input was started
 * @param paused whether it is paused here, by an operator on all workers or by hand on this one
 * @param gate {@code OPEN}, {@code CLOSED} or {@code PROBING}: whether it may receive while a service is down
 * @param closedBy the services that cannot be used
 * @param closedSince when the gate was closed; null while it is open
 * @param lastPoll when a receive last succeeded, with or without messages; null if none has
 * @param pollsFailSince when receives began to fail; null while they succeed
 * @param pollFailure why the last receive failed; null while they succeed
 * @param mostInFlight the limit of messages in flight
 * @param oldestSent when the oldest message in flight was sent; null if there is none
 * @param receivedPerSecond messages that were received, on average of the last minute
 * @param handledPerSecond messages that were handled, on average of the last minute
 * @param breakers the state of the circuit breaker of each service that the input needs
 */
public record InputState(
        boolean running,
        boolean paused,
        String gate,
        List<String> closedBy,
        @Nullable Instant closedSince,
        @Nullable Instant lastPoll,
        @Nullable Instant pollsFailSince,
        @Nullable String pollFailure,
        int inFlight,
        int mostInFlight,
        @Nullable Instant oldestSent,
        double receivedPerSecond,
        double handledPerSecond,
        Map<String, String> breakers) {}
