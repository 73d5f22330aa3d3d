package dev.attache.wording;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Selects one of the available languages. A region is kept if its texts, dates or numbers differ. Portuguese without a
 * known region is that of Brazil.
 *
 * <p>All returned locales are from a fixed list. Senders and browsers can invent any number of tags, and locales are
 * keys of caches without a limit (Spring's message sources, the JDK's formatters). The JDK caches parsed tags too, so
 * this class parses them itself.
 */
public final class Languages {

    private static final Map<String, Locale> KNOWN = Stream.of(
                    "en", "en-GB", "en-US", "en-AU", "en-CA", "en-IE", "en-IN", "en-NZ", "en-SG", "en-ZA", "de",
                    "de-DE", "de-AT", "de-BE", "de-CH", "de-LI", "de-LU", "fr", "fr-FR", "fr-BE", "fr-CA", "fr-CH",
                    "fr-LU", "es", "es-ES", "es-419", "es-AR", "es-CL", "es-CO", "es-MX", "es-PE", "es-US", "pt",
                    "pt-PT", "pt-BR")
            .collect(Collectors.toUnmodifiableMap(Languages::lowerCase, Locale::forLanguageTag));

    /** Regions whose Portuguese is that of Portugal (CLDR, "Parent Locales"). */
    private static final Set<String> LIKE_PORTUGAL =
            Set.of("pt-ao", "pt-cv", "pt-gw", "pt-mo", "pt-mz", "pt-st", "pt-tl");

    private static final List<String> SUPPORTED = List.of("de", "en", "es", "fr", "pt");

    /** Characters; browsers send about a hundred. */
    private static final int MAX_HEADER = 500;

    /** Characters; the longest tag that RFC 5646 (section 4.4.1) requires implementations to accept. */
    private static final int MAX_TAG = 35;

    /** Language ranges that are read from one header. */
    private static final int MAX_RANGES = 20;

    private final Locale fallback;

    /** @param fallback the language for people whose language is unknown or has no texts */
    public Languages(Locale fallback) {
        this.fallback = supported(fallback.toLanguageTag())
                .orElseThrow(() -> new IllegalArgumentException("There are no texts in %s; set it to one of %s"
                        .formatted(fallback.toLanguageTag(), SUPPORTED)));
    }

    /** The language for a BCP 47 tag; the default if the tag is unknown, malformed or null. */
    public Locale of(@Nullable String tag) {
        return supported(tag).orElse(fallback);
    }

    /**
     * The language of a page: the first supported one of {@code Accept-Language} (RFC 9110, section 12.5.4), else the
     * recipient's language, else the default.
     */
    public Locale of(@Nullable String acceptLanguage, @Nullable String tag) {
        return ranges(acceptLanguage).stream()
                .flatMap(range -> supported(range.tag()).stream())
                .findFirst()
                .orElseGet(() -> of(tag));
    }

    /** The language of a page for one recipient: the recipient's, else as {@link #of(String, String)}. */
    public Locale ofRecipient(@Nullable String tag, @Nullable String acceptLanguage) {
        return supported(tag).orElseGet(() -> of(acceptLanguage, null));
    }

    /** The ranges of the header, by descending weight. */
    private static List<Range> ranges(@Nullable String acceptLanguage) {
        if (acceptLanguage == null || acceptLanguage.length() > MAX_HEADER) {
            return List.of();
        }
        return Stream.of(acceptLanguage.split(",", MAX_RANGES + 1))
                .limit(MAX_RANGES)
                .map(Range::parse)
                .filter(range -> range.weight() > 0)
                .sorted(Comparator.comparingDouble((Range range) -> -range.weight()))
                .toList();
    }

    /** English without a known region becomes British English, whose dates are understood everywhere. */
    private static Optional<Locale> supported(@Nullable String tag) {
        if (tag == null || tag.length() > MAX_TAG) {
            return Optional.empty();
        }
        String[] subtags = lowerCase(tag).split("[-_]");
        // A region has two letters or three digits; a script may precede it (RFC 5646, section 2.1).
        return Stream.of(subtags)
                .skip(1)
                .limit(2)
                .map(region -> known(subtags[0] + "-" + region))
                .filter(Objects::nonNull)
                .findFirst()
                .or(() -> Optional.ofNullable(KNOWN.get(subtags.length == 0 ? "" : subtags[0])))
                .map(locale -> locale.equals(Locale.ENGLISH) ? Locale.UK : locale);
    }

    private static @Nullable Locale known(String tag) {
        return KNOWN.get(LIKE_PORTUGAL.contains(tag) ? "pt-pt" : tag);
    }

    private static String lowerCase(String text) {
        return text.strip().toLowerCase(Locale.ROOT);
    }

    /** A language range with its weight: {@code de-AT;q=0.8}. Malformed weights count as 0. */
    private record Range(String tag, double weight) {

        static Range parse(String text) {
            String[] parts = text.split(";", 2);
            return new Range(parts[0].strip(), parts.length == 1 ? 1 : weight(parts[1].strip()));
        }

        private static double weight(String parameter) {
            return parameter.matches("[qQ]=[01](\\.\\d{0,3})?") ? Double.parseDouble(parameter.substring(2)) : 0;
        }
    }
}
