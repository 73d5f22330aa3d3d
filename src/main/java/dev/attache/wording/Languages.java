package dev.attache.wording;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The languages that there are texts in, and the choice among them. A region is kept where dates or numbers are written
 * differently there ({@code pt} and {@code pt-BR}), though the texts are the same.
 *
 * <p>Only locales of a fixed list are ever given out. Senders and browsers can invent any number of tags, and a locale
 * is a key in caches that are never emptied (Spring's message sources, the JDK's formatters). Tags are therefore read
 * here, and never by the JDK, which remembers them too.
 */
public final class Languages {

    private static final Map<String, Locale> KNOWN = Stream.of(
                    "en", "en-GB", "en-US", "en-AU", "en-CA", "en-IE", "en-IN", "en-NZ", "en-SG", "en-ZA", "de",
                    "de-DE", "de-AT", "de-BE", "de-CH", "de-LI", "de-LU", "fr", "fr-FR", "fr-BE", "fr-CA", "fr-CH",
                    "fr-LU", "es", "es-ES", "es-419", "es-AR", "es-CL", "es-CO", "es-MX", "es-PE", "es-US", "pt",
                    "pt-PT", "pt-BR")
            .collect(Collectors.toUnmodifiableMap(Languages::lowerCase, Locale::forLanguageTag));

    private static final List<String> SPOKEN = List.of("de", "en", "es", "fr", "pt");

    /** Characters. Browsers send a hundred or so. */
    private static final int LONGEST_HEADER = 500;

    /** Characters. The longest tag that RFC 5646 (section 4.4.1) asks implementations to take. */
    private static final int LONGEST_TAG = 35;

    /** Languages of one header. */
    private static final int MOST_RANGES = 20;

    private final Locale otherwise;

    /** @param otherwise for people whose language we do not have, or do not know */
    public Languages(Locale otherwise) {
        this.otherwise = spoken(otherwise.toLanguageTag())
                .orElseThrow(() -> new IllegalArgumentException(
                        "There are no texts in %s; choose one of %s".formatted(otherwise.toLanguageTag(), SPOKEN)));
    }

    /** The language for a BCP 47 tag; tags that are unknown, broken or absent get the default. */
    public Locale of(@Nullable String tag) {
        return spoken(tag).orElse(otherwise);
    }

    /**
     * The language of a page: the first of a browser's {@code Accept-Language} (RFC 9110, section 12.5.4) that there
     * are texts in, then the one that the recipient is known to speak, then the default.
     */
    public Locale of(@Nullable String acceptLanguage, @Nullable String tag) {
        return ranges(acceptLanguage).stream()
                .flatMap(range -> spoken(range.tag()).stream())
                .findFirst()
                .orElseGet(() -> of(tag));
    }

    /** The wanted ranges of the header, the most wanted first. */
    private static List<Range> ranges(@Nullable String acceptLanguage) {
        if (acceptLanguage == null || acceptLanguage.length() > LONGEST_HEADER) {
            return List.of();
        }
        return Stream.of(acceptLanguage.split(",", MOST_RANGES + 1))
                .limit(MOST_RANGES)
                .map(Range::parse)
                .filter(range -> range.weight() > 0)
                .sorted(Comparator.comparingDouble((Range range) -> -range.weight()))
                .toList();
    }

    /**
     * English without a known region is written the British way, which is read all over the world: 22 November, 09:00.
     */
    private static Optional<Locale> spoken(@Nullable String tag) {
        if (tag == null || tag.length() > LONGEST_TAG) {
            return Optional.empty();
        }
        String[] subtags = lowerCase(tag).split("[-_]");
        // Region subtags are two letters or three digits; a script may stand before (RFC 5646, section 2.1).
        return Stream.of(subtags)
                .skip(1)
                .limit(2)
                .map(region -> KNOWN.get(subtags[0] + "-" + region))
                .filter(Objects::nonNull)
                .findFirst()
                .or(() -> Optional.ofNullable(KNOWN.get(subtags.length == 0 ? "" : subtags[0])))
                .map(locale -> locale.equals(Locale.ENGLISH) ? Locale.UK : locale);
    }

    private static String lowerCase(String text) {
        return text.strip().toLowerCase(Locale.ROOT);
    }

    /** A language range with its weight: {@code de-AT;q=0.8}. Broken ones weigh nothing. */
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
