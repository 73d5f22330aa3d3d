package dev.attache.binder.inbound;

import dev.attache.binder.failure.Decision;
import dev.attache.binder.failure.Failure;
import dev.attache.binder.failure.MessageMetrics;
import dev.attache.binder.gate.Gate;
import dev.attache.binder.gate.ProbeScheduler;
import dev.attache.binder.message.ReceivedMessage;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts and logs what becomes of an input's messages. What concerns one message is logged when it happens; what an
 * outage does to all of them is one line a minute.
 */
final class InputReport {

    private static final Logger log = LoggerFactory.getLogger(InputReport.class);

    static final Duration INTERVAL = Duration.ofMinutes(1);

    private final String queue;

    private final Gate gate;

    private final ProbeScheduler turns;

    private final MessageMetrics outcomes;

    private final Clock clock;

    /**
     * How often each problem occurred since the last summary, and its last cause. This and what follows is guarded by
     * this.
     */
    private final Map<String, Problem> problems = new LinkedHashMap<>();

    private @Nullable Instant closedSince;

    private @Nullable Instant pollsFailSince;

    private @Nullable Thread thread;

    private record Problem(int times, String cause) {

        @Override
        public String toString() {
            return times + " times, the last cause being: " + cause;
        }
    }

    InputReport(String queue, Gate gate, ProbeScheduler turns, MessageMetrics outcomes, Clock clock) {
        this.queue = queue;
        this.gate = gate;
        this.turns = turns;
        this.outcomes = outcomes;
        this.clock = clock;
        gate.onChange(this::gateChanged);
    }

    /** A decision is about to be executed. */
    void decided(ReceivedMessage message, @Nullable Failure failure, @Nullable Throwable error, Decision decision) {
        if (failure instanceof Failure.Bug bug) {
            bug(message, bug, error);
        }
        switch (decision) {
            case Decision.Acknowledge handled -> outcomes.handled(message);
            case Decision.Release release
            when failure instanceof Failure.Down -> {
                outcomes.released(message);
                problem("Messages were released after a long wait", failure.reason());
            }
            case Decision.Release release -> {
                outcomes.retried(message);
                released(message, failure, release);
            }
            case Decision.RetryInPlace retry -> problem("Attempts were repeated in place", reason(failure));
            case Decision.KeepInFlight keep ->
                log.debug("Message {} of {} is kept in flight: {}", message.id(), queue, reason(failure));
            case Decision.DeadLetter letter ->
                log.debug("Message {} of {} is to be dead-lettered", message.id(), queue);
        }
    }

    private void bug(ReceivedMessage message, Failure.Bug bug, @Nullable Throwable error) {
        outcomes.bug(message);
        if (message.receiveCount() == 1) {
            log.error("Message {} of {} failed unexpectedly", message.id(), queue, error);
        } else {
            log.warn(
                    "Message {} of {} failed unexpectedly again at attempt {}: {}",
                    message.id(),
                    queue,
                    message.receiveCount(),
                    bug.reason());
        }
    }

    private void released(ReceivedMessage message, @Nullable Failure failure, Decision.Release release) {
        boolean expected =
                failure instanceof Failure.Transient later && later.retry() instanceof Failure.Retry.Schedule;
        problem("Messages were released to be tried again later", reason(failure));
        if (expected) {
            log.debug(
                    "Message {} of {} is tried again in {} s: {}",
                    message.id(),
                    queue,
                    release.after().toSeconds(),
                    reason(failure));
        } else if (!(failure instanceof Failure.Bug)) {
            log.info(
                    "Message {} of {} could not be handled at attempt {} and is tried again in {} s: {}",
                    message.id(),
                    queue,
                    message.receiveCount(),
                    release.after().toSeconds(),
                    reason(failure));
        }
    }

    private static String reason(@Nullable Failure failure) {
        return failure == null ? "none" : failure.reason();
    }

    void notMoved(ReceivedMessage message, RuntimeException error) {
        log.debug("Message {} of {} could not be dead-lettered yet", message.id(), queue, error);
        problem("Messages could not be announced or moved to the dead-letter queue yet", cause(error));
    }

    void notDeleted(ReceivedMessage message, RuntimeException error) {
        log.debug("Message {} of {} was handled but is not deleted yet", message.id(), queue, error);
        problem("Messages were handled but could not be deleted yet", cause(error));
    }

    void notReleased(ReceivedMessage message, Throwable error) {
        log.debug("Message {} of {} becomes visible only after the queue's own timeout", message.id(), queue, error);
        problem("Messages could not be released, and become visible after the queue's own timeout", cause(error));
    }

    void notExtended(int messages, String cause) {
        problem("Visibility timeouts could not be extended", messages + " messages: " + cause);
    }

    /** A receive has failed. */
    void pollFailed(Throwable error) {
        String cause = cause(error);
        synchronized (this) {
            if (pollsFailSince == null) {
                pollsFailSince = clock.instant();
                log.warn(
                        "Nothing can be received from {}; it is tried again every few seconds. The cause: {}",
                        queue,
                        cause);
            }
        }
        problem("Receives failed", cause);
    }

    /** A receive has succeeded. */
    synchronized void polled() {
        if (pollsFailSince != null) {
            log.info("Messages are received from {} again, after {}", queue, since(pollsFailSince));
            pollsFailSince = null;
        }
    }

    /** The innermost cause in one line. */
    static String cause(Throwable error) {
        Throwable innermost = error;
        while (innermost.getCause() != null) {
            innermost = innermost.getCause();
        }
        String message = innermost.getMessage() == null
                ? ""
                : ": " + innermost.getMessage().lines().findFirst().orElse("");
        return innermost.getClass().getSimpleName() + message;
    }

    private synchronized void problem(String what, String cause) {
        problems.merge(what, new Problem(1, cause), (before, now) -> new Problem(before.times() + 1, now.cause()));
    }

    private synchronized void gateChanged() {
        if (gate.state() == Gate.State.OPEN) {
            closedSince = null;
        } else if (closedSince == null) {
            closedSince = clock.instant();
        }
    }

    /** What there is to say of the last minute, if anything. */
    synchronized void summarize() {
        if (closedSince != null) {
            log.warn(
                    "Input {} has received nothing for {}, since {} does not answer; {} messages wait in flight",
                    queue,
                    since(closedSince),
                    String.join(" and ", gate.closedBy()),
                    turns.waiting());
        }
        if (!problems.isEmpty()) {
            log.warn(
                    "Input {} in the last minute: {}",
                    queue,
                    problems.entrySet().stream()
                            .map(problem -> problem.getKey() + ", " + problem.getValue())
                            .collect(Collectors.joining("; ")));
            problems.clear();
        }
    }

    private String since(Instant begin) {
        return Duration.between(begin, clock.instant()).toSeconds() + " s";
    }

    synchronized void start() {
        thread = Thread.ofVirtual().name("report-" + queue).start(() -> {
            try {
                while (true) {
                    Thread.sleep(INTERVAL);
                    summarize();
                }
            } catch (InterruptedException stopped) {
                // The end of this thread.
            }
        });
    }

    synchronized void stop() {
        if (thread != null) {
            thread.interrupt();
            thread = null;
        }
    }
}
