package dev.attache.console;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How the console writes times, durations and numbers; templates call it as {@code fmt}. */
public final class ConsoleFormat {

    private final DateTimeFormatter time;

    private final DateTimeFormatter clockTime;

    private final Clock clock;

    public ConsoleFormat(ZoneId zone, Clock clock) {
        this.time = DateTimeFormatter.ofPattern("d MMM uuuu, HH:mm:ss", Locale.ENGLISH)
                .withZone(zone);
        this.clockTime = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ENGLISH).withZone(zone);
        this.clock = clock;
    }

    /** Such as {@code 27 Nov 2026, 16:15:02}; a dash for null. */
    public String time(@Nullable Instant instant) {
        return instant == null ? "–" : time.format(instant);
    }

    /** Such as {@code 16:15:02}; a dash for null. */
    public String clock(@Nullable Instant instant) {
        return instant == null ? "–" : clockTime.format(instant);
    }

    /** The time since then, such as {@code 3 min 20 s}; a dash for null. */
    public String since(@Nullable Instant instant) {
        return instant == null ? "–" : duration(Duration.between(instant, clock.instant()));
    }

    /** The time until then, such as {@code 3 d 4 h}; a dash for null. */
    public String until(@Nullable Instant instant) {
        return instant == null ? "–" : duration(Duration.between(clock.instant(), instant));
    }

    /** Its two largest units, such as {@code 3 min 20 s}; {@code 0 s} if it is negative; a dash for null. */
    public String duration(@Nullable Duration duration) {
        if (duration == null) {
            return "–";
        }
        if (duration.isNegative()) {
            return "0 s";
        }
        if (duration.toDays() > 0) {
            return units(duration.toDays(), "d", duration.toHoursPart(), "h");
        }
        if (duration.toHours() > 0) {
            return units(duration.toHours(), "h", duration.toMinutesPart(), "min");
        }
        return duration.toMinutes() > 0
                ? units(duration.toMinutes(), "min", duration.toSecondsPart(), "s")
                : duration.toSeconds() + " s";
    }

    private static String units(long large, String largeUnit, long small, String smallUnit) {
        return small == 0 ? large + " " + largeUnit : "%d %s %d %s".formatted(large, largeUnit, small, smallUnit);
    }

    /** Such as {@code 0.4/s} or {@code 120/s}; a dash for null. */
    public String rate(@Nullable Double perSecond) {
        if (perSecond == null) {
            return "–";
        }
        if (perSecond < 0.05) {
            return "0/s";
        }
        return String.format(Locale.ENGLISH, perSecond < 10 ? "%.1f/s" : "%,.0f/s", perSecond);
    }

    /** With separators, such as {@code 12,400}; a dash for null. */
    public String number(@Nullable Number number) {
        return number == null ? "–" : String.format(Locale.ENGLISH, "%,d", number.longValue());
    }
}
