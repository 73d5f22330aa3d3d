package dev.attache;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import dev.attache.delivery.relay.MailNotSentException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One line when a service stops to answer, with the cause, and one when it answers again; none for the probes between. */
final class BreakerLog {

    private static final Logger log = LoggerFactory.getLogger(BreakerLog.class);

    private final String name;

    private final Clock clock;

    private final String consequence;

    /** Guarded by this, as what follows. */
    private String lastCause = "none was reported";

    private boolean lastWasRefusal;

    private @Nullable Instant downSince;

    private BreakerLog(String name, Clock clock, String consequence) {
        this.name = name;
        this.clock = clock;
        this.consequence = consequence;
    }

    static void watch(CircuitBreaker breaker, Clock clock) {
        watch(breaker, clock, "inputs that need it receive nothing until it does");
    }

    /** @param consequence what follows while the service does not answer, as a part of the sentence in the log */
    static void watch(CircuitBreaker breaker, Clock clock, String consequence) {
        BreakerLog watching = new BreakerLog(breaker.getName(), clock, consequence);
        breaker.getEventPublisher().onError(error -> watching.failed(error.getThrowable()));
        breaker.getEventPublisher().onStateTransition(change -> watching.changed(change.getStateTransition().getToState()));
    }

    private synchronized void failed(Throwable error) {
        lastWasRefusal = AwsAnswer.of(error).isAboutWorker();
        Throwable innermost = error;
        while (innermost.getCause() != null) {
            innermost = innermost.getCause();
        }
        String outer = firstLine(error);
        // What lies within a mail's failure may hold the relay's words, and those an address.
        boolean whole = innermost == error || error instanceof MailNotSentException || outer.contains(firstLine(innermost));
        lastCause = whole ? outer : outer + " (" + firstLine(innermost) + ")";
    }

    private static String firstLine(Throwable error) {
        String message = error.getMessage() == null ? error.getClass().getSimpleName() : error.getMessage();
        return message.lines().findFirst().orElse(error.getClass().getSimpleName());
    }

    private synchronized void changed(State to) {
        if (to == State.OPEN && downSince == null) {
            downSince = clock.instant();
            log.warn("{} {}; {}. The cause: {}", name, lastWasRefusal ? "does not serve this worker" : "does not answer", consequence, lastCause);
        } else if (to == State.CLOSED && downSince != null) {
            log.info("{} answers again, after {} s", name, Duration.between(downSince, clock.instant()).toSeconds());
            downSince = null;
        }
    }
}
