package dev.attache.wording;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.List;
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
import org.springframework.context.MessageSource;

class TextsUnitTests {

    private static final Pattern BUTTON = Pattern.compile(
            "(?iu)button|knopf|schaltfläche|bouton|botón|botão"
                + "|\\b(below|above|behind|unten|oben|hinter|ci-dessous|ci-dessus|derrière|abajo|arriba|detrás|abaixo|acima)\\b");

    private static final Pattern BRAZILIAN = Pattern.compile(
            "(?iu)\\b(você|arquivos?|baix\\w+|downloads?|aplicativo|salvar|contato|on-line|solicitaç\\w+|aceitos|em"
                    + " outro)\\b|\\w+ndo (seu|esta)|Preparando|não (é|oferece|pede) mais");

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
                "mail_pt_PT",
                "pages",
                "pages_de",
                "pages_fr",
                "pages_es",
                "pages_pt",
                "pages_pt_PT",
                "wording",
                "wording_fr"
            })
    void noTextHasAnAsciiApostrophe(String bundle) throws IOException {
        assertThat(texts(bundle).values())
                .isNotEmpty()
                .noneMatch(text -> text.toString().contains("'"));
    }

    /** The plain text of a mail has no buttons, and mail programs show the parts of a mail in different places. */
    @ParameterizedTest
    @ValueSource(strings = {"mail", "mail_de", "mail_fr", "mail_es", "mail_pt", "mail_pt_PT"})
    void noTextOfAMailSpeaksOfAButton(String bundle) throws IOException {
        assertThat(texts(bundle).values())
                .isNotEmpty()
                .noneMatch(text -> BUTTON.matcher(text.toString()).find());
    }

    @Test
    void swissGermanHasNoSharpS() {
        MessageSource texts = new Templates("mail", "mail").texts();

        for (String swiss : List.of("de-CH", "de-LI")) {
            assertThat(texts.getMessage("fact.size", null, Locale.forLanguageTag(swiss)))
                    .isEqualTo("Grösse");
        }
        assertThat(texts.getMessage("fact.size", null, Locale.GERMANY)).isEqualTo("Größe");
    }

    @Test
    void namesKeepTheirSharpSInSwissGerman() {
        assertThat(new Templates("mail", "mail")
                        .texts()
                        .getMessage("purchase.subject", new Object[] {"Weiß AG"}, Locale.forLanguageTag("de-CH")))
                .isEqualTo("Ihr Einkauf bei Weiß AG");
    }

    @Test
    void swissGermanHasSwissQuotationMarks() {
        MessageSource texts = new Templates("pages", "pages").texts();

        assertThat(texts.getMessage("download.inapp", null, Locale.forLanguageTag("de-CH")))
                .contains("«Im Browser öffnen»");
        assertThat(texts.getMessage("download.inapp", null, Locale.GERMANY)).contains("„Im Browser öffnen“");
    }

    @Test
    void aMailIsACourrielInCanada() {
        MessageSource texts = new Templates("pages", "pages").texts();

        assertThat(texts.getMessage("download.address", null, Locale.CANADA_FRENCH))
                .isEqualTo("Votre adresse courriel");
        assertThat(texts.getMessage("notice.DOWNLOAD_NOT_YET.text", null, Locale.CANADA_FRENCH))
                .startsWith("Si le courriel vient");
        assertThat(texts.getMessage("download.address", null, Locale.FRENCH)).isEqualTo("Votre adresse e-mail");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mail", "pages"})
    void portugalHasTextsOfItsOwnWhereBrazilUsesOtherWords(String bundle) throws IOException {
        Properties brazil = texts(bundle + "_pt");
        Properties portugal = texts(bundle + "_pt_PT");
        MessageSource texts = new Templates(bundle, bundle).texts();

        assertThat(brazil.stringPropertyNames()).containsAll(portugal.stringPropertyNames());
        assertThat(portugal.stringPropertyNames())
                .isNotEmpty()
                .allSatisfy(key -> assertThat(arguments(portugal.getProperty(key)))
                        .as(key)
                        .isEqualTo(arguments(brazil.getProperty(key))));
        for (String key : brazil.stringPropertyNames()) {
            assertThat(texts.getMessage(key, new Object[] {"x", "y", "z"}, Locale.forLanguageTag("pt-PT")))
                    .as(key)
                    .doesNotContainPattern(BRAZILIAN);
        }
    }

    @ParameterizedTest
    @CsvSource({"pt,Baixar", "pt-BR,Baixar", "pt-PT,Transferir", "pt-AO,Transferir", "pt-MZ,Transferir"})
    void africaReadsThePortugueseOfPortugal(String language, String expected) {
        assertThat(new Templates("pages", "pages")
                        .texts()
                        .getMessage("download.button", null, new Languages(Locale.ENGLISH).of(language)))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"fr,a\u00a0: b", "fr-FR,a\u00a0: b", "fr-CH,a\u00a0: b", "fr-CA,a\u00a0: b", "de,a: b", "en-GB,a: b"})
    void aFrenchColonFollowsANoBreakSpace(String language, String expected) {
        assertThat(new Templates("mail", "mail")
                        .texts()
                        .getMessage("labelled", new Object[] {"a", "b"}, Locale.forLanguageTag(language)))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mail", "pages"})
    void noLineOfAFrenchTextCanEndBeforeASign(String bundle) throws IOException {
        Locale french = Locale.FRANCE;
        MessageSource texts = new Templates(bundle, bundle).texts();

        assertThat(texts(bundle + "_fr").stringPropertyNames())
                .isNotEmpty()
                .allSatisfy(key -> assertThat(texts.getMessage(key, new Object[] {"x", "y"}, french))
                        .doesNotContainPattern("[^\u00a0][;:!?»]")
                        .doesNotContainPattern("«[^\u00a0]"));
    }

    @Test
    void aSemicolonHasASpaceInFranceAndNoneInCanada() {
        MessageSource texts = new Templates("mail", "mail").texts();

        assertThat(texts.getMessage("upload.text", new Object[] {"x"}, Locale.FRENCH))
                .contains("fichier\u00a0; il");
        assertThat(texts.getMessage("upload.text", new Object[] {"x"}, Locale.CANADA_FRENCH))
                .contains("fichier; il");
    }

    @Test
    void anArabicOrHebrewNameDoesNotReorderTheTextAroundIt() {
        MessageSource texts = new Templates("mail", "mail").texts();

        assertThat(texts.getMessage("download.subject.one", new Object[] {"שלום (1)"}, Locale.ENGLISH))
                .isEqualTo("\u200e\u2068שלום (1)\u2069 has sent you a file");
        assertThat(texts.getMessage("download.subject.one", new Object[] {"Ana"}, Locale.ENGLISH))
                .isEqualTo("Ana has sent you a file");
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
