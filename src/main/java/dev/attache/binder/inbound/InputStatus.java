package dev.attache.binder.inbound;

import dev.attache.binder.gate.Gate;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The state of an input at one moment, for health, meters and pages.
 *
 * @param queue the name of its queue
 * @param at the moment
 * @param gate whether its services allow it to receive
 * @param closedBy the names of the services that are not up; empty if the gate is open
 * @param gateSince since when the gate has been in its state
 * @param closedSince since when the gate has not been open; null if it is open
 * @param lastPoll when a receive last succeeded, with or without messages; null if none has since the start
 * @param pollsFailSince when the first of the receives that failed in a row failed; null if the last one succeeded
 * @param pollFailure the error of the last receive, for operators; null if it succeeded
 * @param receives the receives in flight
 * @param unansweredSince since when receives are in flight, fail or do not begin, without one that succeeded; null
 *     while the input may not receive
 * @param paused whether the input was paused: no receive begins, and messages in flight are settled
 * @param running whether the input is started
 * @param inFlight how many messages are in flight
 * @param mostInFlight how many may be
 * @param oldestInFlightSent when the oldest of the messages in flight was sent; null if there is none
 */
public record InputStatus(
        String queue,
        Instant at,
        Gate.State gate,
        List<String> closedBy,
        Instant gateSince,
        @Nullable Instant closedSince,
        @Nullable Instant lastPoll,
        @Nullable Instant pollsFailSince,
        @Nullable String pollFailure,
        int receives,
        @Nullable Instant unansweredSince,
        boolean paused,
        boolean running,
        int inFlight,
        int mostInFlight,
        @Nullable Instant oldestInFlightSent) {

    public InputStatus {
        closedBy = List.copyOf(closedBy);
    }
}
