package dev.attache.wording;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * The languages there are texts in, and the choice among them. A region is kept where there is one, because dates are
 * written differently in {@code pt} and {@code pt-BR} though the texts are the same.
 */
public final class Languages {

    private static final Set<String> SPOKEN = Set.of("en", "de", "fr", "es", "pt");

    private final Locale otherwise;

    /** @param otherwise for people whose language we do not have, or do not know */
    public Languages(Locale otherwise) {
        this.otherwise = spoken(otherwise).orElseThrow(() -> new IllegalArgumentException(
                "There are no texts in %s; choose one of %s".formatted(otherwise.toLanguageTag(),
                        SPOKEN.stream().sorted().toList())));
    }

    /** The language for a BCP 47 tag; tags that are unknown, broken or absent get the default. */
    public Locale of(@Nullable String tag) {
        return spoken(tag).orElse(otherwise);
    }

    /**
     * The language of a page: the first of a browser's {@code Accept-Language} (RFC 9110) that there are texts in, then
     * the one that the recipient is known to speak, then the default.
     */
    public Locale of(@Nullable String acceptLanguage, @Nullable String tag) {
        return ranges(acceptLanguage).stream()
                .flatMap(range -> spoken(range.getRange()).stream())
                .findFirst()
                .orElseGet(() -> of(tag));
    }

    private static List<Locale.LanguageRange> ranges(@Nullable String acceptLanguage) {
        if (acceptLanguage == null || acceptLanguage.isBlank() || acceptLanguage.length() > 500) {
            return List.of();
        }
        try {
            return Locale.LanguageRange.parse(acceptLanguage).stream().filter(range -> range.getWeight() > 0).toList();
        } catch (IllegalArgumentException malformed) {
            return List.of();
        }
    }

    private static Optional<Locale> spoken(@Nullable String tag) {
        return tag == null ? Optional.empty() : spoken(Locale.forLanguageTag(tag.replace('_', '-')));
    }

    /** English without a region is written the British way, which is read all over the world: 22 November, 09:00. */
    private static Optional<Locale> spoken(Locale locale) {
        if (!SPOKEN.contains(locale.getLanguage())) {
            return Optional.empty();
        }
        Locale plain = locale.stripExtensions();
        return Optional.of(plain.equals(Locale.ENGLISH) ? Locale.UK : plain);
    }
}
