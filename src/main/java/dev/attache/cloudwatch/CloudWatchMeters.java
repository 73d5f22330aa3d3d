package dev.attache.cloudwatch;

import io.micrometer.cloudwatch2.CloudWatchConfig;
import io.micrometer.cloudwatch2.CloudWatchMeterRegistry;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudwatch.CloudWatchAsyncClient;

/**
 * The meters that are sent to CloudWatch each minute: those that its alarms and the scaling of workers need, because
 * each combination of a name and dimensions is paid for. Prometheus has all meters.
 */
final class CloudWatchMeters {

    private static final Duration STEP = Duration.ofMinutes(1);

    private static final Set<String> SENT = Set.of(
            "attache.alarms",
            "attache.input.gate",
            "attache.input.paused",
            "attache.input.poll.unanswered",
            "attache.input.running",
            "attache.mails");

    private static final String BREAKER = "resilience4j.circuitbreaker.state";

    private CloudWatchMeters() {}

    static CloudWatchMeterRegistry registry(String namespace, CloudWatchAsyncClient cloudWatch) {
        CloudWatchMeterRegistry registry =
                new CloudWatchMeterRegistry(new Settings(namespace), Clock.SYSTEM, cloudWatch);
        registry.config().meterFilter(MeterFilter.denyUnless(CloudWatchMeters::isSent));
        return registry;
    }

    /** Of the states of a circuit breaker, of which one is 1 and the others are 0, only {@code open} is sent. */
    private static boolean isSent(Meter.Id id) {
        return SENT.contains(id.getName()) || (BREAKER.equals(id.getName()) && "open".equals(id.getTag("state")));
    }

    private record Settings(String namespace) implements CloudWatchConfig {

        @Override
        public @Nullable String get(String key) {
            return null;
        }

        @Override
        public Duration step() {
            return STEP;
        }
    }
}
