package dev.attache.queues.pause;

import dev.attache.ledger.LedgerProperties;
import dev.attache.ledger.objects.ConditionalObjects;
import dev.attache.ledger.objects.JsonRecords;
import dev.attache.ledger.objects.Pause;
import dev.attache.queues.BoundQueues;
import dev.attache.queues.QueuesProperties;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.cloud.stream.binding.BindingsLifecycleController;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The inputs that are paused on all workers. */
@Configuration(proxyBeanMethods = false)
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

    @Bean
    PauseWatcher pauseWatcher(
            LedgerPauseFlags flags,
            BoundQueues bound,
            ObjectProvider<BindingsLifecycleController> bindings,
            QueuesProperties properties) {
        return new PauseWatcher(
                flags,
                bound.bindings(),
                name -> bindings.getObject().queryState(name),
                properties.pauseCheckInterval());
    }

    /** {@code pauses} in {@code /actuator/health}. */
    @Bean
    PauseHealth pausesHealthIndicator(LedgerPauseFlags flags) {
        return new PauseHealth(flags);
    }
}
