package dev.attache.aws;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/**
 * The clock of this machine, corrected if it differs from that of S3 by more than a minute. S3 uses its own clock to
 * decide whether a signed link is valid (Amazon S3 API Reference, "Authenticating Requests: Using Query Parameters"),
 * so links are signed, and their ends are shown, with this clock. The SDK corrects the requests that it signs itself.
 *
 * <p>The {@link #interceptor()} of the S3 client measures the difference. The clock uses the median of the last five
 * measurements: from the third on, one wrong {@code Date} has no effect. A difference of a minute or less is not
 * corrected: it does no harm, and the time would vary with every answer.
 */
public final class S3Clock extends Clock {

    private static final Logger log = LoggerFactory.getLogger(S3Clock.class);

    /** A larger difference is corrected. */
    static final Duration TOLERATED = Duration.ofMinutes(1);

    /** A smaller difference ends the correction. */
    private static final Duration RIGHT_AGAIN = Duration.ofSeconds(30);

    /** A slower call is not measured: half of its time is the largest error of a measurement. */
    private static final Duration LONGEST_CALL = Duration.ofSeconds(10);

    private static final int MEASUREMENTS = 5;

    /** The pause between measurements after the first five: measuring all calls had 1.3 % of the CPU time of mails. */
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Clock local;

    /** The last differences in milliseconds, the oldest first. Guarded by itself. */
    private final Deque<Long> recent = new ArrayDeque<>();

    /** The local time of the last measurement, once there are enough of them. */
    private volatile Instant measuredAt = Instant.MIN;

    private volatile Duration offset = Duration.ZERO;

    private volatile Duration correction = Duration.ZERO;

    public S3Clock(Clock local) {
        this.local = local;
    }

    @Override
    public Instant instant() {
        return local.instant().plus(correction);
    }

    @Override
    public long millis() {
        return local.millis() + correction.toMillis();
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return zone.equals(getZone()) ? this : new Zoned(this, zone);
    }

    /** The time of S3 minus that of this machine. */
    public Duration offset() {
        return offset;
    }

    /** Whether this clock shows the time of S3 and not that of this machine. */
    public boolean isCorrected() {
        return !correction.isZero();
    }

    /** Measures the difference with the {@code Date} of each answer. */
    public ExecutionInterceptor interceptor() {
        return new Measuring();
    }

    /** Whether a call that began now should be measured: also if this machine's clock was set back since the last. */
    boolean isDue(Instant now) {
        return now.isBefore(measuredAt) || !now.isBefore(measuredAt.plus(PAUSE));
    }

    void measured(Instant sent, Instant answered, Instant date) {
        Duration took = Duration.between(sent, answered);
        if (took.isNegative() || took.compareTo(LONGEST_CALL) > 0) {
            return;
        }
        // A Date is truncated to seconds and was written during the call.
        long difference = date.toEpochMilli() + 500 - sent.toEpochMilli() - took.toMillis() / 2;
        synchronized (recent) {
            recent.addLast(difference);
            if (recent.size() > MEASUREMENTS) {
                recent.removeFirst();
            }
            offset = Duration.ofMillis(recent.stream()
                    .sorted()
                    .skip((recent.size() - 1) / 2)
                    .findFirst()
                    .orElseThrow());
            measuredAt = recent.size() < MEASUREMENTS ? Instant.MIN : answered;
            correct();
        }
    }

    private void correct() {
        Duration before = correction;
        Duration least = before.isZero() ? TOLERATED : RIGHT_AGAIN;
        if (offset.abs().compareTo(least) <= 0) {
            correction = Duration.ZERO;
            if (!before.isZero()) {
                log.info("This machine's clock agrees with S3's again");
            }
            return;
        }
        if (before.isZero() || offset.minus(before).abs().compareTo(TOLERATED) > 0) {
            log.warn(
                    "This machine's clock is {} s {} S3's. Links are signed with S3's time. Set the machine's clock"
                            + " (NTP, or the container host's)",
                    offset.abs().toSeconds(),
                    offset.isNegative() ? "ahead of" : "behind");
        }
        // Otherwise the same difference was measured again: the time must not vary with every answer.
        if (before.isZero() || offset.minus(before).abs().compareTo(Duration.ofSeconds(5)) > 0) {
            correction = offset;
        }
    }

    private final class Measuring implements ExecutionInterceptor {

        private final ExecutionAttribute<Instant> sent =
                new ExecutionAttribute<>("attache.clock.sent." + System.identityHashCode(this));

        @Override
        public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
            attributes.putAttribute(sent, local.instant());
        }

        @Override
        public void afterTransmission(Context.AfterTransmission context, ExecutionAttributes attributes) {
            Instant began = attributes.getAttribute(sent);
            if (began == null || !isDue(began)) {
                return;
            }
            Instant date = context.httpResponse()
                    .firstMatchingHeader("Date")
                    .map(Measuring::parsed)
                    .orElse(null);
            if (date != null) {
                measured(began, local.instant(), date);
            }
        }

        private static @Nullable Instant parsed(String httpDate) {
            try {
                return DateTimeFormatter.RFC_1123_DATE_TIME.parse(httpDate, Instant::from);
            } catch (DateTimeException unreadable) {
                return null;
            }
        }
    }

    private static final class Zoned extends Clock {

        private final S3Clock clock;

        private final ZoneId zone;

        private Zoned(S3Clock clock, ZoneId zone) {
            this.clock = clock;
            this.zone = zone;
        }

        @Override
        public Instant instant() {
            return clock.instant();
        }

        @Override
        public ZoneId getZone() {
            return zone;
        }

        @Override
        public Clock withZone(ZoneId other) {
            return clock.withZone(other);
        }
    }
}
