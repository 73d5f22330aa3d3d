package dev.attache.queues.sampling;

import dev.attache.binder.InputStatuses;
import dev.attache.queues.BoundQueues;
import dev.attache.queues.PauseFlags;
import dev.attache.queues.QueueCatalog;
import dev.attache.queues.QueuesProperties;
import dev.attache.role.ConditionalOnRole;
import dev.attache.role.Role;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.stream.Collectors;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Samples the queues in the background. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnRole({Role.WORKER, Role.CONSOLE})
class SamplingConfiguration {

    @Bean
    DiscoveredQueues queueCatalog(BoundQueues bound, QueuesProperties properties) {
        return new DiscoveredQueues(bound.destinations(), properties.undelivered());
    }

    /** Has a client of its own, so that a call that is refused or slow neither raises an alarm nor delays a receive. */
    @Bean
    QueueSampler queueSampler(
            DiscoveredQueues catalog, @Qualifier("consoleSqs") SqsClient sqs, MeterRegistry meters, Clock clock) {
        return new QueueSampler(catalog, new QueueReader(sqs), new QueueMeters(meters), clock);
    }

    @Bean
    InputRates inputRates(
            MeterRegistry meters,
            @Value("${spring.cloud.stream.sqs.binder.meter-prefix:sqs.}") String prefix,
            Clock clock) {
        return new InputRates(meters, prefix + "messages", clock);
    }

    @Bean
    SampleSchedule sampleSchedule(
            QueueSampler sampler, InputRates rates, BoundQueues bound, QueuesProperties properties) {
        return new SampleSchedule(
                () -> {
                    rates.count(bound.names());
                    sampler.sample();
                },
                properties.sampleInterval());
    }

    @Bean
    SampledQueues queueMonitor(
            QueueCatalog catalog,
            QueueSampler sampler,
            InputStatuses statuses,
            InputRates rates,
            CircuitBreakerRegistry breakers,
            PauseFlags pauses,
            Clock clock) {
        InputStates inputs = new InputStates(
                statuses,
                rates,
                () -> breakers.getAllCircuitBreakers().stream()
                        .collect(Collectors.toMap(
                                CircuitBreaker::getName,
                                breaker -> breaker.getState().name())));
        return new SampledQueues(catalog, sampler, inputs, pauses, clock);
    }
}
