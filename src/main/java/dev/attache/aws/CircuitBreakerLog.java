package dev.attache.aws;

import dev.attache.binder.failure.AwsErrorKind;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs a line when a service stops answering, with the cause, and a line when it answers again. Probes in between are
 * not logged.
 */
public final class CircuitBreakerLog {

    /** The consequence for the inputs that need a service. */
    public static final String INPUTS_WAIT = "inputs that need it receive nothing until it does";

    private static final Logger log = LoggerFactory.getLogger(CircuitBreakerLog.class);

    private final String name;

    private final Clock clock;

    private final String consequence;

    private final Function<Throwable, String> describe;

    /** {@code this} guards this field and those below. */
    private String lastCause = "none was reported";

    private boolean lastWasRefusal;

    private @Nullable Instant downSince;

    private CircuitBreakerLog(String name, Clock clock, String consequence, Function<Throwable, String> describe) {
        this.name = name;
        this.clock = clock;
        this.consequence = consequence;
        this.describe = describe;
    }

    /**
     * Logs the state changes of a circuit breaker.
     *
     * @param consequence the consequence while the service does not answer, as a part of the log line
     * @param describe the text of an error in the log
     */
    public static void watch(
            CircuitBreaker breaker, Clock clock, String consequence, Function<Throwable, String> describe) {
        CircuitBreakerLog watching = new CircuitBreakerLog(breaker.getName(), clock, consequence, describe);
        breaker.getEventPublisher().onError(error -> watching.failed(error.getThrowable()));
        breaker.getEventPublisher()
                .onStateTransition(
                        change -> watching.changed(change.getStateTransition().getToState()));
    }

    private synchronized void failed(Throwable error) {
        lastWasRefusal = AwsErrorKind.of(error).isAboutWorker();
        lastCause = describe.apply(error);
    }

    /** The first line of an error's message, with that of its innermost cause unless it contains it already. */
    public static String withInnermostCause(Throwable error) {
        Throwable innermost = error;
        while (innermost.getCause() != null) {
            innermost = innermost.getCause();
        }
        String outer = firstLine(error);
        return outer.contains(firstLine(innermost)) ? outer : outer + " (" + firstLine(innermost) + ")";
    }

    /** The first line of an error's message. */
    public static String firstLine(Throwable error) {
        String message = error.getMessage() == null ? error.getClass().getSimpleName() : error.getMessage();
        return message.lines().findFirst().orElse(error.getClass().getSimpleName());
    }

    private synchronized void changed(State to) {
        if (to == State.OPEN && downSince == null) {
            downSince = clock.instant();
            log.warn(
                    "{} {}; {}. The cause: {}",
                    name,
                    lastWasRefusal ? "does not serve this worker" : "does not answer",
                    consequence,
                    lastCause);
        } else if (to == State.CLOSED && downSince != null) {
            log.info(
                    "{} answers again, after {} s",
                    name,
                    Duration.between(downSince, clock.instant()).toSeconds());
            downSince = null;
        }
    }
}
