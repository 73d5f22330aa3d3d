package dev.attache.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.link.signing.RandomText;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileNamesTests {

    @ParameterizedTest
    @CsvSource(textBlock = """
        Contract Lima.pdf,     Contract Lima.pdf
        договор.pdf,           договор.pdf
        ../../etc/passwd,      passwd
        a\\b\\c.txt,           c.txt
        ..,                    file
        '',                    file
        '   ',                 file
        .hidden,               hidden
        'say "hi".txt',        say "hi".txt
        '  spaced    out.txt ', spaced out.txt
        😀.png,                😀.png
        """)
    void aShownNameHasNoPathAndNoSurroundingSpace(String given, String shown) {
        assertThat(FileNames.forDisplay(given)).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({
        "downloads/crm/a b.pdf, a b.pdf",
        "a.pdf, a.pdf",
        "downloads/crm/, file",
        "downloads/.a\u202E.pdf, a.pdf"
    })
    void anObjectWithoutANameIsNamedByItsKey(String key, String name) {
        assertThat(FileNames.ofKey(key)).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "invoice\u202Efdp.exe",
                "in\u200Bvoicefdp.exe",
                "\uFEFFinvoicefdp.exe",
                "invoice\r\nfdp.exe",
                "invoice\uFFFFfdp.exe",
                "invoice\uFDD0fdp.exe",
                "invoice\u0378fdp.exe",
                "invoice\u2066fdp\u2069.exe",
                "invoice\u0000fdp.exe",
                "invoice\u2028fdp.exe",
                "invoice\uD83Dfdp.exe"
            })
    void aShownNameHasNoInvisibleCharacters(String hostile) {
        assertThat(FileNames.forDisplay(hostile)).isEqualTo("invoicefdp.exe");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"گزارش علی\u200Cپور.pdf", "👩\u200D👩\u200D👧.png", "❤\uFE0F\u200D🔥.png", "葛\uDB40\uDD00城.pdf"})
    void aShownNameKeepsTheJoinersOfLettersAndEmoji(String name) {
        assertThat(FileNames.forDisplay(name)).isEqualTo(name);
    }

    @Test
    void aLongNameIsNotCutInsideOfAnEmojiSequence() {
        String family = "👩\u200D👩\u200D👧\u200D👦";

        String name = FileNames.forDisplay(family.repeat(30) + ".png");

        assertThat(name).isEqualTo(family.repeat(17) + ".png");
    }

    @Test
    void longNamesKeepTheirExtension() {
        String name = "n".repeat(300) + ".tar.gz";

        assertThat(FileNames.forDisplay(name)).hasSize(200).endsWith(".gz");
    }

    @Test
    void longNamesAreNotCutInsideOfACharacter() {
        String name = FileNames.forDisplay("x" + "😀".repeat(200));

        assertThat(name).hasSize(199);
        assertThat(name.codePoints().skip(1)).allMatch(c -> c == "😀".codePointAt(0));
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', textBlock = """
        report.pdf,      `attachment; filename="report.pdf"; filename*=UTF-8''report.pdf`
        Año 2026.pdf,    `attachment; filename="Ano 2026.pdf"; filename*=UTF-8''A%C3%B1o%202026.pdf`
        € rates.txt,     `attachment; filename="_ rates.txt"; filename*=UTF-8''%E2%82%AC%20rates.txt`
        `a"b.txt`,       `attachment; filename="a_b.txt"; filename*=UTF-8''a%22b.txt`
        100%.txt,        `attachment; filename="100_.txt"; filename*=UTF-8''100%25.txt`
        """)
    void dispositionHasAFallbackAndTheFullName(String name, String disposition) {
        assertThat(FileNames.attachmentDisposition(name)).isEqualTo(disposition);
    }

    @Test
    void dispositionIsPrintableAsciiWhateverTheName() {
        Random random = new Random(8);

        for (int i = 0; i < 2_000; i++) {
            String name = RandomText.of(random, 1 + random.nextInt(300));

            String disposition = FileNames.attachmentDisposition(name);

            assertThat(disposition)
                    .matches("attachment; filename=\"[ !#-$&-.0-\\[\\]-~]+\";"
                            + " filename\\*=UTF-8''[!#-$%&+.^_`|~0-9A-Za-z-]+");
            String full =
                    disposition.substring(disposition.lastIndexOf("''") + 2).replace("+", "%2B");
            assertThat(URLDecoder.decode(full, StandardCharsets.UTF_8)).isEqualTo(FileNames.forDisplay(name));
        }
    }

    @Test
    void shownNamesAreNeverPathsOrBlank() {
        Random random = new Random(12);

        for (int i = 0; i < 2_000; i++) {
            String name = RandomText.of(random, random.nextInt(300));

            assertThat(FileNames.forDisplay(name))
                    .isNotBlank()
                    .hasSizeLessThanOrEqualTo(200)
                    .doesNotContain("/", "\\");
            assertThat(FileNames.forDisplay(FileNames.forDisplay(name))).isEqualTo(FileNames.forDisplay(name));
        }
    }

    /** A name with an invisible character does not take the fast path. */
    @Test
    void theFastPathForPlainNamesGivesTheSameNames() {
        var random = new Random(4711);
        var letters = "aZ9 . -_/\\\"%~";
        for (int i = 0; i < 5_000; i++) {
            var name = random.ints(random.nextInt(12), 0, letters.length())
                    .mapToObj(at -> String.valueOf(letters.charAt(at)))
                    .collect(Collectors.joining());

            assertThat(FileNames.forDisplay(name)).isEqualTo(FileNames.forDisplay(name + '\u200B'));
        }
    }
}
