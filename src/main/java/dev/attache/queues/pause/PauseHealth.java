package dev.attache.queues.pause;

import java.util.Map;
import java.util.TreeMap;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * The component {@code pauses} of {@code /actuator/health}: which inputs are paused on all workers, and why the pauses
 * cannot be read. It is always up: a worker whose inputs are paused does what it was told.
 */
final class PauseHealth implements HealthIndicator {

    private final LedgerPauseFlags flags;

    PauseHealth(LedgerPauseFlags flags) {
        this.flags = flags;
    }

    @Override
    public Health health() {
        Map<String, String> paused = new TreeMap<>();
        flags.all()
                .forEach((queue, pause) ->
                        paused.put(queue, "since %s by %s: %s".formatted(pause.since(), pause.by(), pause.reason())));
        Health.Builder health = Health.up().withDetail("paused", paused);
        flags.problem()
                .ifPresent(problem -> health.withDetail(
                        "problem",
                        "the ledger cannot be read since %s (%s), so the last known pauses apply"
                                .formatted(problem.since(), problem.cause())));
        return health.build();
    }
}
