package dev.attache.binder.health;

import dev.attache.binder.gate.Gate;
import dev.attache.binder.inbound.InputStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * The health of a binder, with a detail for each input, named by its queue. It is down if an input may receive, and no
 * receive has succeeded for some time. An input that is paused, stopped or waits for a service does not make it down.
 */
public final class InputsHealth implements HealthIndicator {

    private final Supplier<List<InputStatus>> inputs;

    private final Duration overdueAfter;

    /** @param overdueAfter how long an input may be without a receive that succeeds; longer than a poll */
    public InputsHealth(Supplier<List<InputStatus>> inputs, Duration overdueAfter) {
        this.inputs = inputs;
        this.overdueAfter = overdueAfter;
    }

    @Override
    public Health health() {
        List<InputStatus> now = inputs.get();
        Map<String, Object> details = new LinkedHashMap<>();
        now.forEach(input -> details.put(input.queue(), details(input)));
        Health.Builder health = now.stream().anyMatch(this::isOverdue) ? Health.down() : Health.up();
        return health.withDetails(details).build();
    }

    private boolean isOverdue(InputStatus input) {
        Instant since = input.unansweredSince();
        return since != null && since.plus(overdueAfter).isBefore(input.at());
    }

    private Map<String, Object> details(InputStatus input) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("state", state(input));
        put(details, "lastPoll", input.lastPoll());
        details.put("gate", input.gate());
        details.put("gateSince", input.gateSince());
        if (!input.closedBy().isEmpty()) {
            details.put("closedBy", input.closedBy());
        }
        put(details, "closedSince", input.closedSince());
        put(details, "pollsFailSince", input.pollsFailSince());
        put(details, "problem", problem(input));
        details.put("inFlight", input.inFlight());
        return details;
    }

    private String state(InputStatus input) {
        if (!input.running()) {
            return "stopped";
        }
        if (input.paused()) {
            return "paused";
        }
        if (input.gate() != Gate.State.OPEN) {
            return "waiting for " + String.join(" and ", input.closedBy());
        }
        return isOverdue(input) ? "overdue" : "receiving";
    }

    private @Nullable String problem(InputStatus input) {
        if (input.pollFailure() != null) {
            return input.pollFailure();
        }
        return isOverdue(input) ? "no receive has been answered since " + input.unansweredSince() : null;
    }

    private static void put(Map<String, Object> details, String name, @Nullable Object value) {
        if (value != null) {
            details.put(name, value);
        }
    }
}
