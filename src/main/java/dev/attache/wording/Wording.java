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
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

    /** Text after the last dot that has no digit first may be an extension; of the others, few are in use. */
    private static final Pattern EXTENSION =
            Pattern.compile("[^./\\\\]\\.([A-Za-z][A-Za-z0-9]{0,7}|7[zZ]|3[gG][pP2])$");

    private static final int DECIMAL = 1000;

    private static final int BINARY = 1024;

    private static final int DECIMAL_MEGABYTE = DECIMAL * DECIMAL;

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

    /**
     * A text about a number of things: that of the key with {@code .one} or {@code .many} at its end. All five
     * languages use these two forms for the numbers that occur, 1 to 1,000 (CLDR, "Language Plural Rules").
     */
    public String counted(String key, int count, Object... arguments) {
        return text(key + (count == 1 ? ".one" : ".many"), arguments);
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
        return text("moment", day, time(moment)) + " " + zoneName(moment);
    }

    /** A time without date and time zone: {@code 09:00}, {@code 9:00 AM}. */
    public String time(Instant moment) {
        // CLDR has a narrow no-break space before AM and PM, which many mail programs show as a box.
        return DateTimeFormatter.ofLocalizedTime(FormatStyle.SHORT)
                .withLocale(locale)
                .format(moment.atZone(zone))
                .replace('\u202f', ' ');
    }

    /** The name of the time zone at a time: {@code UTC}, {@code CET}, {@code GMT-03:00}. */
    public String zoneName(Instant moment) {
        String name = DateTimeFormatter.ofPattern("z", locale).format(moment.atZone(zone));
        return name.equals("Z") ? "UTC" : name;
    }

    /** A size in decimal units: {@code 48 kB}, {@code 1.5 MB}; in French {@code 1,5 Mo}. */
    public String size(long bytes) {
        return size(bytes, DECIMAL);
    }

    /** A size that a sender stated, in the units of {@link #unitBase}: as it was stated. */
    public String statedSize(long bytes) {
        return size(bytes, unitBase(bytes));
    }

    /**
     * Whether a stated size is in units of 1,000 or of 1,024: the setting {@code 25MB} is 26,214,400 bytes, and is
     * shown as 25 MB, not as 26 MB. Windows has the same units and names. A file beside it is shown in the same units.
     */
    public static int unitBase(long stated) {
        long value = stated;
        while (value >= BINARY && value % BINARY == 0) {
            value /= BINARY;
        }
        return value != stated && value < 10 * BINARY && stated % DECIMAL_MEGABYTE != 0 ? BINARY : DECIMAL;
    }

    /**
     * A size in decimal or binary units.
     *
     * @param base of the units: 1,000 or 1,024
     */
    public String size(long bytes, int base) {
        double value = bytes;
        int unit = 0;
        while (value >= 999.5 && unit < UNITS.length - 1) {
            value /= base;
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

    /**
     * The type of a file, as the beginning of a line: the common name of its media type, or else the extension of its
     * name in capitals. Empty if there is neither.
     *
     * @param mediaType as the uploader stated it, possibly with parameters; null if unknown
     */
    public Optional<String> fileType(@Nullable String mediaType, String fileName) {
        return Optional.ofNullable(mediaType)
                .map(type -> type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT))
                .filter(type -> !type.endsWith("/*"))
                .map(type -> texts.getMessage("type." + type, null, null, locale))
                .map(name -> name.substring(0, 1).toUpperCase(locale) + name.substring(1))
                .or(() -> extension(fileName));
    }

    private static Optional<String> extension(String fileName) {
        Matcher extension = EXTENSION.matcher(fileName.strip());
        return extension.find() ? Optional.of(extension.group(1).toUpperCase(Locale.ROOT)) : Optional.empty();
    }

    /** The common name of a media type, or the media type itself if there is none. */
    public String type(String mediaType) {
        String name = texts.getMessage("type." + mediaType, null, mediaType, locale);
        return name == null ? mediaType : name;
    }
}
