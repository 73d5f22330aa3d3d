package dev.attache.delivery.mail;

import dev.attache.contract.value.Addresses;
import dev.attache.source.SourcePolicy;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
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
 * Counts the mails of each source, by the hour and for each recipient by the day, so that a source which is misused
 * cannot send any number of them. What is too much waits, and an alarm tells. The counts are this worker's own, and
 * begin anew with its start.
 */
public final class MailLimits {

    private static final Logger log = LoggerFactory.getLogger(MailLimits.class);

    private static final Duration HOUR = Duration.ofHours(1);

    private static final Duration DAY = Duration.ofDays(1);

    /** Recipients that are remembered, those longest unseen being forgotten first: some 10 MB. */
    private static final int MOST_RECIPIENTS = 100_000;

    private final MeterRegistry meters;

    private final Clock clock;

    private final RandomGenerator random;

    /** By source. This and what follows is guarded by this. */
    private final Map<String, Hour> hours = new HashMap<>();

    private final Map<Long, Day> recipients = new LinkedHashMap<>(16, 0.75f, true) {

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Day> eldest) {
            return size() > MOST_RECIPIENTS;
        }
    };

    /** One source's mails within the hour that began last. */
    private static final class Hour {

        private Instant begin = Instant.EPOCH;

        private int sent;

        /** Mails that wait for later hours. */
        private int waiting;

        private boolean reported;

        /** Until when mails wait. */
        private Instant waitingUntil = Instant.EPOCH;
    }

    /** One recipient's mails of one source within the day that began with the first. */
    private static final class Day {

        private Instant begin = Instant.EPOCH;

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
     * @throws MailLimitException when it has to wait
     */
    public synchronized void count(SourcePolicy source, String address) {
        Instant now = clock.instant();
        Day day = dayOf(source, address, now);
        if (day.sent >= source.mailsPerRecipientPerDay()) {
            throw limited(
                    source,
                    "mails-per-recipient-per-day",
                    source.mailsPerRecipientPerDay(),
                    Duration.between(now, day.begin.plus(DAY)).plus(spread(HOUR)));
        }
        Integer perHour = source.mailsPerHour();
        if (perHour != null) {
            Hour hour = hourOf(source, now);
            if (hour.sent >= perHour) {
                // Each in an hour that has room for it, so that waiting uses up few receives.
                long hours = hour.waiting++ / perHour;
                throw limited(
                        source,
                        "mails-per-hour",
                        perHour,
                        Duration.between(now, hour.begin.plus(HOUR))
                                .plus(HOUR.multipliedBy(hours))
                                .plus(spread(HOUR)));
            }
            hour.sent++;
        }
        day.sent++;
    }

    /** A mail that was counted is not sent after all. */
    public synchronized void uncount(SourcePolicy source, String address) {
        Instant now = clock.instant();
        Day day = dayOf(source, address, now);
        day.sent = Math.max(0, day.sent - 1);
        if (source.mailsPerHour() != null) {
            Hour hour = hourOf(source, now);
            hour.sent = Math.max(0, hour.sent - 1);
        }
    }

    private Duration spread(Duration over) {
        return Duration.ofMillis((long) (random.nextDouble() * over.toMillis()));
    }

    private Hour hourOf(SourcePolicy source, Instant now) {
        Hour hour = hours.computeIfAbsent(source.source(), this::watched);
        if (!now.isBefore(hour.begin.plus(HOUR))) {
            hour.begin = now;
            hour.sent = 0;
            hour.waiting = 0;
            hour.reported = false;
        }
        return hour;
    }

    private Hour watched(String source) {
        Hour hour = new Hour();
        Gauge.builder("attache.alarms", hour, it -> clock.instant().isBefore(it.waitingUntil) ? 1 : 0)
                .tags("alarm", "source-mail-limit", "source", source)
                .description("1 while mails of a source wait because of its limits")
                .register(meters);
        return hour;
    }

    private Day dayOf(SourcePolicy source, String address, Instant now) {
        Day day = recipients.computeIfAbsent(hash(source.source(), address), unknown -> new Day());
        if (!now.isBefore(day.begin.plus(DAY))) {
            day.begin = now;
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
                    "ALARM Source {} has reached attache.sources.{}.{} ({}): its further mails wait. Raise it if they"
                            + " are meant to be sent",
                    source.source(),
                    source.source(),
                    limit,
                    most);
        }
        return new MailLimitException(source.source(), limit, left);
    }

    /** Addresses are personal: what is kept cannot be read. */
    private static long hash(String source, String address) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest((source + '\n' + Addresses.canonical(address)).getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(digest).getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
