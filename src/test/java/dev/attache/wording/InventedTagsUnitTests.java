package dev.attache.wording;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Invented language tags and time zones must not become keys of caches without a limit. */
class InventedTagsUnitTests {

    private static final int MANY = 5_000;

    private static final Languages LANGUAGES = new Languages(Locale.ENGLISH);

    @Test
    void inventedVariantsGetTheSameLocale() {
        Set<Locale> chosen = Collections.newSetFromMap(new IdentityHashMap<>());

        IntStream.range(0, MANY).forEach(i -> {
            chosen.add(LANGUAGES.of("de-AT-x%07d".formatted(i), null));
            chosen.add(LANGUAGES.of("de-AT-u-nu-x%06d;q=0.9".formatted(i), "pt"));
            chosen.add(LANGUAGES.of("de-AT-%05d".formatted(i)));
        });

        assertThat(chosen).containsExactly(Locale.forLanguageTag("de-AT"));
    }

    @Test
    void inventedRegionsGetTheLocaleOfTheLanguage() {
        Set<Locale> chosen = Collections.newSetFromMap(new IdentityHashMap<>());

        IntStream.range(0, MANY).forEach(i -> chosen.add(LANGUAGES.of("fr-%03d".formatted(i % 1000), null)));

        assertThat(chosen).containsExactly(Locale.FRENCH);
    }

    @ParameterizedTest
    @CsvSource({
        "de-Latn-CH,de-CH",
        "es-MX,es-MX",
        "es-419,es-419",
        "fr-CA,fr-CA",
        "pt-PT,pt-PT",
        "pt,pt",
        "pt-BR,pt-BR",
        "en-XX,en-GB",
        "de-XX,de",
        "de-1996,de",
        "en,en-GB",
        "de--AT,de-AT"
    })
    void aRegionWithItsOwnFormatsIsKept(String tag, String chosen) {
        assertThat(LANGUAGES.of(tag).toLanguageTag()).isEqualTo(chosen);
        assertThat(LANGUAGES.of(tag, null).toLanguageTag()).isEqualTo(chosen);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "-",
                ",",
                ";",
                "--",
                "_",
                ";q=1",
                "de;q=x",
                "de;q=",
                "de;q=2",
                "de;q=0.0",
                "de;q=NaN",
                "de;q=-1",
                "*",
                "*;q=0.5",
                "d\u0000e"
            })
    void aMalformedHeaderIsIgnored(String header) {
        assertThat(LANGUAGES.of(header, "pt-BR").toLanguageTag()).isEqualTo("pt-BR");
    }

    @Test
    void theValidPartsOfAMalformedHeaderAreUsed() {
        assertThat(LANGUAGES
                        .of("x;y;z,de;q=0.5,,fr;q=0.9;level=1,es;q=0.4", null)
                        .toLanguageTag())
                .isEqualTo("de");
    }

    @Test
    void theFirstOfTheLanguagesWithEqualWeightIsUsed() {
        assertThat(LANGUAGES.of("fr;q=0.8, de;q=0.8, es;q=0.9", null).toLanguageTag())
                .isEqualTo("es");
        assertThat(LANGUAGES.of("fr;q=0.8, de;q=0.8", null).toLanguageTag()).isEqualTo("fr");
    }

    @Test
    void aHeaderIsReadUpToALimit() {
        assertThat(LANGUAGES.of("ja,".repeat(20) + "de", null).toLanguageTag()).isEqualTo("en-GB");
        assertThat(LANGUAGES.of("de" + " ".repeat(500), null).toLanguageTag()).isEqualTo("en-GB");
        assertThat(LANGUAGES.of("de-" + "x".repeat(40)).toLanguageTag()).isEqualTo("en-GB");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTC+01:02:03", "GMT-17:59:59", "UT+00:01", "+01:02:03", "Mars/Olympus", "", "UTC+19:00"})
    void anInventedZoneIsNotUsed(String id) {
        assertThat(Wording.zone(id, ZoneOffset.UTC)).isEqualTo(ZoneOffset.UTC);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Europe/Berlin",
                "Asia/Kathmandu",
                "UTC",
                "GMT",
                "UTC+05:45",
                "GMT+2",
                "Etc/GMT-14",
                "America/Argentina/Buenos_Aires"
            })
    void anExistingZoneIsUsed(String id) {
        assertThat(Wording.zone(id, ZoneId.of("Asia/Tokyo"))).isEqualTo(ZoneId.of(id));
    }
}
