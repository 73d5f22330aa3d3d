package dev.attache.sweep;

import dev.attache.role.ConditionalOnRole;
import dev.attache.role.Role;
import java.util.List;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.ContextClosedEvent;

/** Begins the stop of all sweeps together with that of the inputs. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnRole(Role.WORKER)
class SweepStopConfiguration {

    /** Events of the binder's child context are ignored. */
    @Bean
    ApplicationListener<ContextClosedEvent> sweepStop(
            final List<SweepSchedule> schedules, final ApplicationContext application) {
        return closed -> {
            if (application.equals(closed.getApplicationContext())) {
                schedules.forEach(SweepSchedule::beginStop);
            }
        };
    }
}
