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
 * Counts the events on the queue {@code objects-created} that do not report a created object, by reason: the meter
 * {@code attache.objects.ignored}. They are acknowledged. All counters exist from the start, with 0.
 */
final class IgnoredNotifications {

    private final Map<Ignored, Counter> counters = new EnumMap<>(Ignored.class);

    IgnoredNotifications(MeterRegistry meters) {
        for (Ignored each : Ignored.values()) {
            counters.put(
                    each,
                    Counter.builder("attache.objects.ignored")
                            .tag("reason", each.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                            .description("Events on the queue objects-created that do not report a created object")
                            .register(meters));
        }
    }

    void count(List<Ignored> ignored) {
        ignored.forEach(each -> Objects.requireNonNull(counters.get(each)).increment());
    }
}
