package dev.attache.wording;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextsUnitTests {

    @ParameterizedTest
    @CsvSource({"mail,de", "mail,fr", "mail,es", "mail,pt", "pages,de", "pages,fr", "pages,es", "pages,pt"})
    void everyTextExistsInEveryLanguageWithTheSameArguments(String bundle, String language) throws IOException {
        Properties english = texts(bundle);
        Properties translated = texts(bundle + "_" + language);

        assertThat(translated.keySet()).isEqualTo(english.keySet());
        assertThat(english.stringPropertyNames())
                .allSatisfy(key -> assertThat(arguments(translated.getProperty(key)))
                        .as(key)
                        .isEqualTo(arguments(english.getProperty(key))));
    }

    /** An ASCII apostrophe disables the arguments of a MessageFormat, so the texts use the typographic one. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "mail",
                "mail_de",
                "mail_fr",
                "mail_es",
                "mail_pt",
                "pages",
                "pages_de",
                "pages_fr",
                "pages_es",
                "pages_pt",
                "wording",
                "wording_fr"
            })
    void noTextHasAnAsciiApostrophe(String bundle) throws IOException {
        assertThat(texts(bundle).values())
                .isNotEmpty()
                .noneMatch(text -> text.toString().contains("'"));
    }

    @Test
    void aMissingTranslationFallsBackToEnglish() {
        assertThat(new Templates("mail", "mail").texts().getMessage("type.application/pdf", null, Locale.FRENCH))
                .isEqualTo("PDF");
    }

    private static Set<String> arguments(String text) {
        return Pattern.compile("\\{\\d}")
                .matcher(text)
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toSet());
    }

    private static Properties texts(String bundle) throws IOException {
        Properties texts = new Properties();
        String file = "/messages/" + bundle + ".properties";
        try (Reader reader = new InputStreamReader(
                Objects.requireNonNull(TextsUnitTests.class.getResourceAsStream(file)), StandardCharsets.UTF_8)) {
            texts.load(reader);
        }
        return texts;
    }
}
