package dev.attache.delivery.mail;

import dev.attache.contract.value.Addresses;
import dev.attache.encoding.Sha256;
import dev.attache.source.SourcePolicy;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Limits the mails of each source per hour, and per recipient and day, so that a misused source cannot send an
 * unlimited number. Further mails wait, and an alarm is raised. Each worker counts its own mails, from its start.
 */
public final class MailLimits {

    private static final Logger log = LoggerFactory.getLogger(MailLimits.class);

    private static final Duration HOUR = Duration.ofHours(1);

    private static final Duration DAY = Duration.ofDays(1);

    /** The most recipients that are counted; they take about 10 MB. The least recently used one is removed. */
    private static final int MAX_RECIPIENTS = 100_000;

    private final MeterRegistry meters;

    private final Clock clock;

    private final RandomGenerator random;

    /** By source. Guarded by {@code this}, like {@link #recipients}. */
    private final Map<String, Hour> hours = new HashMap<>();

    private final Map<Long, Day> recipients = new LinkedHashMap<>(16, 0.75f, true) {

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Day> eldest) {
            return size() > MAX_RECIPIENTS;
        }
    };

    /** The mails of one source in its current hour. */
    private static final class Hour {

        private Instant start = Instant.EPOCH;

        private int sent;

        /** Mails that were deferred to later hours. */
        private int waiting;

        private boolean reported;

        /** When the last deferred mail may be sent. */
        private Instant waitingUntil = Instant.EPOCH;
    }

    /** The mails of one source to one recipient in the 24 hours after the first one. */
    private static final class Day {

        private Instant start = Instant.EPOCH;

        private int sent;
    }

    public MailLimits(MeterRegistry meters, Clock clock, RandomGenerator random) {
        this.meters = meters;
        this.clock = clock;
        this.random = random;
    }

    /**
     * Counts a mail that is about to be sent.
     *
     * @throws MailLimitException if it has to wait
     */
    public synchronized void count(SourcePolicy source, String address) {
        Instant now = clock.instant();
        Day day = dayOf(source, address, now);
        if (day.sent >= source.mailsPerRecipientPerDay()) {
            throw limited(
                    source,
                    "mails-per-recipient-per-day",
                    source.mailsPerRecipientPerDay(),
                    Duration.between(now, day.start.plus(DAY)).plus(randomUpTo(HOUR)));
        }
        Integer perHour = source.mailsPerHour();
        if (perHour != null) {
            Hour hour = hourOf(source, now);
            if (hour.sent >= perHour) {
                // Each deferred mail waits for an hour whose limit is not used up yet, so that it is received again
                // only once.
                long hours = hour.waiting++ / perHour;
                throw limited(
                        source,
                        "mails-per-hour",
                        perHour,
                        Duration.between(now, hour.start.plus(HOUR))
                                .plus(HOUR.multipliedBy(hours))
                                .plus(randomUpTo(HOUR)));
            }
            hour.sent++;
        }
        day.sent++;
    }

    /** Undoes {@link #count} for a mail that was not sent. */
    public synchronized void uncount(SourcePolicy source, String address) {
        Instant now = clock.instant();
        Day day = dayOf(source, address, now);
        day.sent = Math.max(0, day.sent - 1);
        if (source.mailsPerHour() != null) {
            Hour hour = hourOf(source, now);
            hour.sent = Math.max(0, hour.sent - 1);
        }
    }

    private Duration randomUpTo(Duration limit) {
        return Duration.ofMillis((long) (random.nextDouble() * limit.toMillis()));
    }

    private Hour hourOf(SourcePolicy source, Instant now) {
        Hour hour = hours.computeIfAbsent(source.source(), this::hourWithGauge);
        if (!now.isBefore(hour.start.plus(HOUR))) {
            hour.start = now;
            hour.sent = 0;
            hour.waiting = 0;
            hour.reported = false;
        }
        return hour;
    }

    private Hour hourWithGauge(String source) {
        Hour hour = new Hour();
        Gauge.builder("attache.alarms", hour, it -> clock.instant().isBefore(it.waitingUntil) ? 1 : 0)
                .tags("alarm", "source-mail-limit", "source", source)
                .description("1 while mails of a source wait because of its limits")
                .register(meters);
        return hour;
    }

    private Day dayOf(SourcePolicy source, String address, Instant now) {
        Day day = recipients.computeIfAbsent(hash(source.source(), address), missing -> new Day());
        if (!now.isBefore(day.start.plus(DAY))) {
            day.start = now;
            day.sent = 0;
        }
        return day;
    }

    private MailLimitException limited(SourcePolicy source, String limit, int most, Duration left) {
        Instant now = clock.instant();
        Hour hour = hourOf(source, now);
        if (now.plus(left).isAfter(hour.waitingUntil)) {
            hour.waitingUntil = now.plus(left);
        }
        if (!hour.reported) {
            hour.reported = true;
            log.error(
                    "ALARM Source {} has reached attache.sources.{}.{} ({}): its further mails wait. Raise the limit if"
                            + " these mails are intended",
                    source.source(),
                    source.source(),
                    limit,
                    most);
        }
        return new MailLimitException(source.source(), limit, left);
    }

    /** Only a hash is kept, because addresses are personal data. */
    private static long hash(String source, String address) {
        return ByteBuffer.wrap(Sha256.of(source + '\n' + Addresses.canonical(address)))
                .getLong();
    }
}
