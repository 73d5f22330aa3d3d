package dev.attache.queues.pause;

import dev.attache.ledger.LedgerProperties;
import dev.attache.ledger.objects.ConditionalObjects;
import dev.attache.ledger.objects.JsonRecords;
import dev.attache.ledger.objects.Pause;
import dev.attache.queues.BoundQueues;
import dev.attache.queues.QueuesProperties;
import dev.attache.role.ConditionalOnRole;
import dev.attache.role.Role;
import dev.attache.role.Roles;
import java.time.Clock;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.cloud.stream.binding.BindingsLifecycleController;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The inputs that are paused on all workers. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnRole({Role.WORKER, Role.CONSOLE})
class PauseConfiguration {

    /** Read and written with the pages' client, whose circuit breaker no input needs. */
    @Bean
    LedgerPauseFlags pauseFlags(
            @Qualifier("pageObjects") ConditionalObjects objects,
            LedgerProperties ledger,
            Pause ledgerPause,
            BoundQueues bound,
            Clock clock) {
        return new LedgerPauseFlags(
                new JsonRecords<>(objects, PausedInputs.class, PausedInputs.NONE, ledgerPause),
                ledger.prefix() + "console/paused.json",
                bound.names(),
                clock);
    }

    /** Without the role worker it has no inputs to pause, and reads what the console shows. */
    @Bean
    PauseWatcher pauseWatcher(
            LedgerPauseFlags flags,
            Roles roles,
            BoundQueues bound,
            ObjectProvider<BindingsLifecycleController> bindings,
            QueuesProperties properties) {
        return new PauseWatcher(
                flags,
                roles.has(Role.WORKER) ? bound.bindings() : Map.of(),
                name -> bindings.getObject().queryState(name),
                properties.pauseCheckInterval());
    }

    /** {@code pauses} in {@code /actuator/health}. */
    @Bean
    PauseHealth pausesHealthIndicator(LedgerPauseFlags flags) {
        return new PauseHealth(flags);
    }
}
