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
 * One line when a service stops to answer, with the cause, and one when it answers again; none for the probes between.
 */
public final class CircuitBreakerLog {

    /** What follows for the inputs that need a service. */
    public static final String INPUTS_WAIT = "inputs that need it receive nothing until it does";

    private static final Logger log = LoggerFactory.getLogger(CircuitBreakerLog.class);

    private final String name;

    private final Clock clock;

    private final String consequence;

    private final Function<Throwable, String> describe;

    /** Guarded by this, as what follows. */
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
     * Logs what becomes of a circuit breaker.
     *
     * @param consequence what follows while the service does not answer, as a part of the sentence in the log
     * @param describe what the log says of an error
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

    /** The first line of an error's message, with that of its innermost cause unless it holds it already. */
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
