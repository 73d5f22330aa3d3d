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
 * Says things in one person's language and time zone.
 *
 * @param texts the bundle of the room that speaks, and {@code messages/wording}
 * @param locale the person's language
 * @param zone the zone that dates are said in
 */
public record Wording(MessageSource texts, Locale locale, ZoneId zone) {

    private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB"};

    /**
     * The ids that the JDK knows. It makes up further ones ({@code UTC+01:02:03}), and its formatters remember the name
     * of each for good.
     */
    private static final Set<String> ZONES = Set.copyOf(ZoneId.getAvailableZoneIds());

    private static final int QUARTER_OF_AN_HOUR = 900;

    /**
     * The zone with this IANA id, or the other one where it is absent or unknown. Of offsets ({@code UTC+2}), those of
     * whole quarters of an hour are taken, which all that are in use are.
     */
    public static ZoneId zone(@Nullable String id, ZoneId otherwise) {
        if (id == null) {
            return otherwise;
        }
        try {
            ZoneId zone = ZoneId.of(id);
            return ZONES.contains(id)
                            || (zone.normalized() instanceof ZoneOffset offset
                                    && offset.getTotalSeconds() % QUARTER_OF_AN_HOUR == 0)
                    ? zone
                    : otherwise;
        } catch (DateTimeException unknown) {
            return otherwise;
        }
    }

    /** A text of the bundle, with its arguments put in. */
    public String text(String key, Object... arguments) {
        return texts.getMessage(key, arguments, locale);
    }

    /** A moment with its zone: {@code 22 November 2026, 09:00 UTC}. */
    public String date(Instant moment) {
        ZonedDateTime local = moment.atZone(zone);
        String date = DateTimeFormatter.ofLocalizedDateTime(FormatStyle.LONG, FormatStyle.SHORT)
                .withLocale(locale)
                .format(local);
        String name = DateTimeFormatter.ofPattern("z", locale).format(local);
        // CLDR puts a narrow no-break space before AM and PM, which many mail programs show as a box.
        return date.replace('\u202f', ' ') + " " + (name.equals("Z") ? "UTC" : name);
    }

    /** A size in decimal units: {@code 48 kB}, {@code 1.5 MB}; French says {@code ko} and {@code Mo}. */
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

    /** Media types as people call them: {@code PDF, JPEG, PNG}. */
    public String types(Collection<String> mediaTypes) {
        return mediaTypes.stream().map(this::type).distinct().collect(Collectors.joining(", "));
    }

    /** Whether people have a name for this media type. */
    public boolean knows(String mediaType) {
        return texts.getMessage("type." + mediaType, null, null, locale) != null;
    }

    /** A media type as people call it, or as it stands where there is no name for it. */
    public String type(String mediaType) {
        String called = texts.getMessage("type." + mediaType, null, mediaType, locale);
        return called == null ? mediaType : called;
    }
}
