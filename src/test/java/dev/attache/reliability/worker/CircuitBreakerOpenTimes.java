package dev.attache.reliability.worker;

import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The times at which one of a worker's circuit breakers was not closed. */
public final class CircuitBreakerOpenTimes {

    /** A time that has not ended has an end in the far future. */
    private record OpenTime(String breaker, Instant from, Instant to) {

        boolean holds(Instant time) {
            return !time.isBefore(from) && time.isBefore(to);
        }
    }

    private final List<OpenTime> times = new CopyOnWriteArrayList<>();

    public CircuitBreakerOpenTimes(CircuitBreakerRegistry breakers) {
        breakers.getAllCircuitBreakers()
                .forEach(breaker -> breaker.getEventPublisher().onStateTransition(transition -> {
                    // The event's time: when this listener is called, the worker may have received messages again.
                    var now = transition.getCreationTime().toInstant();
                    if (transition.getStateTransition().getFromState() == State.CLOSED) {
                        times.add(new OpenTime(breaker.getName(), now, Instant.MAX));
                    } else if (transition.getStateTransition().getToState() == State.CLOSED) {
                        times.replaceAll(time -> time.breaker().equals(breaker.getName())
                                        && time.to().equals(Instant.MAX)
                                ? new OpenTime(time.breaker(), time.from(), now)
                                : time);
                    }
                }));
    }

    /** The greatest number of these instants within one open time. */
    public int mostOf(List<Instant> moments) {
        return times.stream()
                .mapToInt(time ->
                        Math.toIntExact(moments.stream().filter(time::holds).count()))
                .max()
                .orElse(0);
    }

    /** How often a breaker opened so far. */
    public int opened() {
        return times.size();
    }
}
