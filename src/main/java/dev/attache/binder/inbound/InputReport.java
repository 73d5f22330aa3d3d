package dev.attache.binder.inbound;

import dev.attache.binder.failure.AttemptResult;
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
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts and logs the outcomes of an input's messages. A failure of a single message is logged at once, an outage that
 * affects all messages once a minute.
 */
final class InputReport {

    private static final Logger log = LoggerFactory.getLogger(InputReport.class);

    private static final Pattern URL = Pattern.compile("\\w+://[^\\s\\]]+");

    static final Duration INTERVAL = Duration.ofMinutes(1);

    private final String queue;

    private final Gate gate;

    private final ProbeScheduler probes;

    private final MessageMetrics metrics;

    private final Clock clock;

    /**
     * How often each problem occurred since the last summary, with its last cause. {@code this} guards the fields
     * below.
     */
    private final Map<String, Problem> problems = new LinkedHashMap<>();

    private final GateHistory gateHistory;

    private final PollHistory polls;

    private @Nullable Thread thread;

    private record Problem(int times, String cause) {

        @Override
        public String toString() {
            return times + " times, last cause: " + cause;
        }
    }

    InputReport(String queue, Gate gate, ProbeScheduler probes, MessageMetrics metrics, Clock clock) {
        this.queue = queue;
        this.gate = gate;
        this.probes = probes;
        this.metrics = metrics;
        this.clock = clock;
        this.polls = new PollHistory(queue, clock);
        this.gateHistory = new GateHistory(gate, clock);
    }

    /** Counts and logs a decision before it is executed. */
    void decided(AttemptResult result, Decision decision) {
        ReceivedMessage message = result.message();
        Failure failure = result.failure();
        if (failure instanceof Failure.Unexpected unexpected) {
            failedUnexpectedly(message, unexpected, result.error());
        }
        switch (decision) {
            case Decision.Acknowledge handled -> metrics.handled(message);
            case Decision.Release release
            when failure instanceof Failure.Down -> {
                metrics.released(message);
                problem("Messages were released after a long wait", failure.reason());
            }
            case Decision.Release release -> {
                metrics.retried(message);
                released(message, failure, release);
            }
            case Decision.RetryInPlace retry -> problem("Messages were retried in place", reason(failure));
            case Decision.KeepInFlight keep ->
                log.debug("Message {} of {} is kept in flight: {}", message.id(), queue, reason(failure));
            case Decision.DeadLetter rejected ->
                log.debug("Message {} of {} is to be dead-lettered", message.id(), queue);
        }
    }

    private void failedUnexpectedly(ReceivedMessage message, Failure.Unexpected failure, @Nullable Throwable error) {
        metrics.failedUnexpectedly(message);
        if (message.receiveCount() == 1) {
            log.error("Message {} of {} failed unexpectedly", message.id(), queue, error);
        } else {
            log.warn(
                    "Message {} of {} failed unexpectedly again at attempt {}: {}",
                    message.id(),
                    queue,
                    message.receiveCount(),
                    failure.reason());
        }
    }

    private void released(ReceivedMessage message, @Nullable Failure failure, Decision.Release release) {
        boolean expected =
                failure instanceof Failure.Transient temporary && temporary.retry() instanceof Failure.Retry.Schedule;
        problem("Messages were released to be retried later", reason(failure));
        if (expected) {
            log.debug(
                    "Message {} of {} is retried in {} s: {}",
                    message.id(),
                    queue,
                    release.after().toSeconds(),
                    reason(failure));
        } else if (!(failure instanceof Failure.Unexpected)) {
            log.info(
                    "Message {} of {} could not be handled at attempt {} and is retried in {} s: {}",
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
        log.debug("Message {} of {} becomes visible only after its visibility timeout", message.id(), queue, error);
        problem("Messages could not be released, and become visible after their visibility timeout", cause(error));
    }

    void notExtended(int messages, String cause) {
        problem("Visibility timeouts could not be extended", messages + " messages: " + cause);
    }

    /** A receive failed. */
    void pollFailed(Throwable error) {
        String cause = cause(error);
        polls.failed(error, cause);
        problem("Receives failed", cause);
    }

    /** A receive succeeded. */
    void polled() {
        polls.succeeded();
    }

    PollHistory polls() {
        return polls;
    }

    GateHistory gateHistory() {
        return gateHistory;
    }

    /** The innermost cause in one line, without URLs: exceptions of HTTP clients name the endpoint. */
    static String cause(Throwable error) {
        Throwable innermost = error;
        while (innermost.getCause() != null) {
            innermost = innermost.getCause();
        }
        String message = innermost.getMessage() == null
                ? ""
                : ": "
                        + URL.matcher(innermost.getMessage().lines().findFirst().orElse(""))
                                .replaceAll("the endpoint");
        return innermost.getClass().getSimpleName() + message;
    }

    private synchronized void problem(String what, String cause) {
        problems.merge(what, new Problem(1, cause), (before, now) -> new Problem(before.times() + 1, now.cause()));
    }

    /** Logs the problems of the last minute, if there were any. */
    synchronized void summarize() {
        Instant closedSince = gateHistory.closedSince();
        if (closedSince != null) {
            log.warn(
                    "Input {} has been paused for {} because {} cannot be used; {} messages wait in flight",
                    queue,
                    since(closedSince),
                    String.join(" and ", gate.closedBy()),
                    probes.waiting());
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
                // The thread ends.
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
