package dev.attache.wording;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordingUnitTests {

    private static final Instant MOMENT = Instant.parse("2026-11-22T09:00:00Z");
    private static final Languages LANGUAGES = new Languages(Locale.ENGLISH);

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        en    | UTC               | 22 November 2026, 09:00 UTC
        en-US | America/New_York  | November 22, 2026, 4:00 AM EST
        de    | Europe/Berlin     | 22. November 2026, 10:00 MEZ
        pt-BR | America/Sao_Paulo | 22 de novembro de 2026 às 06:00 BRT
        pt-PT | Europe/Lisbon     | 22 de novembro de 2026 às 09:00 WET
        fr    | UTC               | 22 novembre 2026 à 09:00 UTC
        fr-CA | America/Toronto   | 22 novembre 2026 à 04 h 00 HNE
        es    | UTC               | 22 de noviembre de 2026, 9:00 UTC
        """)
    void aDateIsInTheReadersLanguageWithItsZone(String language, String zone, String expected) {
        assertThat(wording(language, ZoneId.of(zone)).date(MOMENT)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        2026-12-01T09:00:00Z | 1er décembre 2026 à 09:00 UTC
        2026-12-11T09:00:00Z | 11 décembre 2026 à 09:00 UTC
        """)
    void theFirstDayOfAMonthIsAnOrdinalInFrench(Instant moment, String expected) {
        assertThat(wording("fr", ZoneOffset.UTC).date(moment)).isEqualTo(expected);
    }

    @Test
    void allFormsOfUtcAreShownAsUtc() {
        assertThat(wording("en", ZoneOffset.UTC).date(MOMENT)).endsWith("UTC");
        assertThat(wording("en", Wording.zone("Mars/Olympus", ZoneOffset.UTC)).date(MOMENT))
                .endsWith("UTC");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        en | 1           | 1 B
        en | 48211       | 48 kB
        en | 999999      | 1 MB
        en | 1548211     | 1.5 MB
        de | 1548211     | 1,5 MB
        fr | 25000000    | 25 Mo
        en | 5000000000  | 5 GB
        """)
    void aSizeIsRounded(String language, long bytes, String expected) {
        assertThat(wording(language, ZoneOffset.UTC).size(bytes).replace('\u00a0', ' '))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        26214400   | 25 MB
        25000000   | 25 MB
        524288000  | 500 MB
        5368709120 | 5 GB
        1572864000 | 1.5 GB
        1500000000 | 1.5 GB
        512000     | 500 kB
        4200       | 4.2 kB
        500        | 500 B
        """)
    void aLimitReadsAsItWasStatedInDecimalOrBinaryUnits(long bytes, String expected) {
        assertThat(wording("en", ZoneOffset.UTC).statedSize(bytes).replace('\u00a0', ' '))
                .isEqualTo(expected);
    }

    @Test
    void aFileIsShownInTheUnitsOfItsLimit() {
        int base = Wording.unitBase(25L << 20);

        assertThat(wording("en", ZoneOffset.UTC).size(26_000_000, base)).isEqualTo("25\u00a0MB");
    }

    @Test
    void mediaTypesHaveTheirCommonNames() {
        assertThat(wording("en", ZoneOffset.UTC)
                        .types(List.of("application/pdf", "image/*", "application/x-unheard-of")))
                .isEqualTo("PDF, pictures, application/x-unheard-of");
        assertThat(wording("de", ZoneOffset.UTC).types(List.of("application/pdf", "image/*")))
                .isEqualTo("PDF, Bilder");
    }

    @ParameterizedTest
    @CsvSource({"pt-BR,pt-BR", "pt_BR,pt-BR", "de-AT-u-nu-arab,de-AT", "ja,en-GB", "not a tag,en-GB", "EN-us,en-US"})
    void anUnsupportedLanguageFallsBackToASupportedOne(String tag, String chosen) {
        assertThat(LANGUAGES.of(tag).toLanguageTag()).isEqualTo(chosen);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
        ja,fr;q=0.5,de;q=0.8 | es | de
        ja                   | es | es
        -                    | es | es
        -                    | -  | en-GB
        ;;;nonsense          | -  | en-GB
        de;q=0,fr;q=0.1      | -  | fr
        """)
    void thePageLanguageIsTheBrowsersOrElseTheRecipients(String acceptLanguage, String known, String chosen) {
        assertThat(LANGUAGES.of(acceptLanguage, known).toLanguageTag()).isEqualTo(chosen);
    }

    private static Wording wording(String language, ZoneId zone) {
        return new Wording(new Templates("mail", "mail").texts(), LANGUAGES.of(language), zone);
    }
}
