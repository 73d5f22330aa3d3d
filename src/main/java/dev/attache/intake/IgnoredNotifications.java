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
 * Counts what the queue of created objects delivers besides created objects, by reason: the meter
 * {@code attache.objects.ignored}. It is acknowledged. All counters exist from the start, with 0.
 */
final class IgnoredNotifications {

    private final Map<Ignored, Counter> counters = new EnumMap<>(Ignored.class);

    IgnoredNotifications(MeterRegistry meters) {
        for (Ignored each : Ignored.values()) {
            counters.put(
                    each,
                    Counter.builder("attache.objects.ignored")
                            .tag("reason", each.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                            .description("Events on the queue of created objects that report no created object")
                            .register(meters));
        }
    }

    void count(List<Ignored> ignored) {
        ignored.forEach(each -> Objects.requireNonNull(counters.get(each)).increment());
    }
}
