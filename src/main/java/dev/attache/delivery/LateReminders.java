package dev.attache.delivery;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts reminders that are not sent, because their page had expired when they could be. This is no error of anybody,
 * so they are not dead-lettered.
 */
final class LateReminders {

    private static final Logger log = LoggerFactory.getLogger(LateReminders.class);

    private final Counter late;

    LateReminders(MeterRegistry meters) {
        this.late = Counter.builder("attache.reminders.late")
                .description("Reminders that were not sent, because their page had expired before")
                .register(meters);
    }

    void add(String deliveryId) {
        late.increment();
        log.info("Reminder {} is not sent: its page has expired before", deliveryId);
    }
}
