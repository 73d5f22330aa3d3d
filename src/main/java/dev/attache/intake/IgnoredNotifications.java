package dev.attache.intake;

import dev.attache.contract.ObjectNotification.Ignored;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * Counts what comes to the queue of created objects and tells of none: the meter {@code attache.objects.ignored}, by
 * reason. It is acknowledged, so this is all that is heard of it. Each reason is there with zero from the start.
 */
final class IgnoredNotifications {

    private final Map<Ignored, Counter> counters = new EnumMap<>(Ignored.class);

    IgnoredNotifications(MeterRegistry meters) {
        for (Ignored each : Ignored.values()) {
            counters.put(
                    each,
                    Counter.builder("attache.objects.ignored")
                            .tag("reason", each.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                            .description("Events on the queue of created objects that tell of none")
                            .register(meters));
        }
    }

    void count(List<Ignored> ignored) {
        ignored.forEach(each -> Objects.requireNonNull(counters.get(each)).increment());
    }
}
