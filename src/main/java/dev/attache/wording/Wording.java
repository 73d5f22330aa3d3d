package dev.attache.wording;

import java.text.NumberFormat;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;

/**
 * Formats texts, dates, sizes and media types for one reader.
 *
 * @param texts a message bundle that includes {@code messages/wording}
 * @param locale the reader's language
 * @param zone the time zone of dates
 */
public record Wording(MessageSource texts, Locale locale, ZoneId zone) {

    private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB"};

    /**
     * The ids that the JDK lists. It accepts more ({@code UTC+01:02:03}), and its formatters cache the name of each
     * without a limit.
     */
    private static final Set<String> ZONES = Set.copyOf(ZoneId.getAvailableZoneIds());

    private static final int QUARTER_OF_AN_HOUR = 900;

    /**
     * The zone with this IANA id, or the fallback if the id is null or unknown. Offsets ({@code UTC+2}) must be
     * multiples of 15 minutes, as all offsets in use are.
     */
    public static ZoneId zone(@Nullable String id, ZoneId fallback) {
        if (id == null) {
            return fallback;
        }
        try {
            ZoneId zone = ZoneId.of(id);
            return ZONES.contains(id)
                            || (zone.normalized() instanceof ZoneOffset offset
                                    && offset.getTotalSeconds() % QUARTER_OF_AN_HOUR == 0)
                    ? zone
                    : fallback;
        } catch (DateTimeException unknown) {
            return fallback;
        }
    }

    /** A text of the bundle, with its arguments. */
    public String text(String key, Object... arguments) {
        return texts.getMessage(key, arguments, locale);
    }

    /** A date with time and time zone: {@code 22 November 2026, 09:00 UTC}. */
    public String date(Instant moment) {
        ZonedDateTime local = moment.atZone(zone);
        String day = DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG)
                .withLocale(locale)
                .format(local);
        if (locale.getLanguage().equals("fr") && local.getDayOfMonth() == 1) {
            // CLDR has no ordinal for the first day of a month.
            day = day.replaceFirst("^1 ", "1er ");
        }
        String time = DateTimeFormatter.ofLocalizedTime(FormatStyle.SHORT)
                .withLocale(locale)
                .format(local);
        String name = DateTimeFormatter.ofPattern("z", locale).format(local);
        // CLDR has a narrow no-break space before AM and PM, which many mail programs show as a box.
        return text("moment", day, time.replace('\u202f', ' ')) + " " + (name.equals("Z") ? "UTC" : name);
    }

    /** A size in decimal units: {@code 48 kB}, {@code 1.5 MB}; in French {@code 1,5 Mo}. */
    public String size(long bytes) {
        double value = bytes;
        int unit = 0;
        while (value >= 999.5 && unit < UNITS.length - 1) {
            value /= 1000;
            unit++;
        }
        NumberFormat number = NumberFormat.getNumberInstance(locale);
        number.setMaximumFractionDigits(unit > 0 && value < 9.95 ? 1 : 0);
        return text("size." + UNITS[unit], number.format(value));
    }

    /** The common names of media types: {@code PDF, JPEG, PNG}. */
    public String types(Collection<String> mediaTypes) {
        return mediaTypes.stream().map(this::type).distinct().collect(Collectors.joining(", "));
    }

    /** Whether there is a common name for this media type. */
    public boolean knows(String mediaType) {
        return texts.getMessage("type." + mediaType, null, null, locale) != null;
    }

    /** The common name of a media type, or the media type itself if there is none. */
    public String type(String mediaType) {
        String name = texts.getMessage("type." + mediaType, null, mediaType, locale);
        return name == null ? mediaType : name;
    }
}
