package dev.attache.reliability.worker;

import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** When any of a worker's circuit breakers was not closed. */
public final class OpenTimes {

    /** A time that has not ended yet ends in the far future. */
    private record OpenTime(String breaker, Instant from, Instant to) {

        boolean holds(Instant time) {
            return !time.isBefore(from) && time.isBefore(to);
        }
    }

    private final List<OpenTime> times = new CopyOnWriteArrayList<>();

    public OpenTimes(CircuitBreakerRegistry breakers) {
        breakers.getAllCircuitBreakers()
                .forEach(breaker -> breaker.getEventPublisher().onStateTransition(transition -> {
                    // Not the time at which this listener has its turn: the worker's own may have let it receive again
                    // by then.
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

    /** How many of these moments lie in the one open time that holds the most of them. */
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
