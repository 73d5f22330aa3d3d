package dev.attache.operations;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.attache.queues.Depth;
import dev.attache.queues.PauseFlags;
import dev.attache.queues.QueueMonitor;
import dev.attache.queues.QueueState;
import dev.attache.role.ConditionalOnRole;
import dev.attache.role.Role;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.stereotype.Component;

/**
 * {@code /actuator/queues}: the approximate number of messages in each queue that this worker reads, in its dead-letter
 * queue, and in those of undelivered messages, as last sampled. A queue that cannot be read has a problem; the others
 * are shown as usual.
 */
@Component
@Endpoint(id = "queues")
@ConditionalOnRole({Role.WORKER, Role.CONSOLE})
class QueuesEndpoint {

    private final QueueMonitor monitor;

    QueuesEndpoint(final QueueMonitor monitor) {
        this.monitor = monitor;
    }

    @ReadOperation
    Map<String, Row> queues() {
        Map<String, Row> rows = new LinkedHashMap<>();
        monitor.states().forEach(state -> rows.put(state.queue().name(), Row.of(state)));
        return rows;
    }

    /**
     * One queue; what is not known is left out.
     *
     * @param visible messages that can be received
     * @param inFlight messages that were received and not yet deleted
     * @param delayed messages that cannot be received yet
     * @param deadLetters the name of its dead-letter queue
     * @param paused the pause of its input on all workers
     * @param problem why the last sample failed
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Row(
            @Nullable Long visible,
            @Nullable Long inFlight,
            @Nullable Long delayed,
            @Nullable String deadLetters,
            PauseFlags.@Nullable Pause paused,
            @Nullable String problem,
            Instant at) {

        private static Row of(QueueState state) {
            Depth depth = state.depth();
            return new Row(
                    depth == null ? null : depth.visible(),
                    depth == null ? null : depth.inFlight(),
                    depth == null ? null : depth.delayed(),
                    state.queue().deadLetters(),
                    state.paused(),
                    state.problem(),
                    state.at());
        }
    }
}
