package dev.attache.encoding;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InvisibleCharactersTests {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "علی\u200Cپور",
                "می\u200Cخواهم",
                "نَ\u200Cه",
                "ه\u200D",
                "ශ්\u200Dරී ලංකා",
                "क्\u200Dष क्\u200Cष",
                "ന്\u200D",
                "👩\u200D👩\u200D👧\u200D👦",
                "👩🏽\u200D⚕\uFE0F",
                "❤\uFE0F\u200D🔥",
                "🏳\uFE0F\u200D🌈",
                "1\uFE0F\u20E3",
                "🇵🇹",
                "🏴\uDB40\uDC67\uDB40\uDC62\uDB40\uDC65\uDB40\uDC6E\uDB40\uDC67\uDB40\uDC7F",
                "葛\uDB40\uDD00城",
                "\u0600١٢",
                "é, ß, 漢字 and ñ"
            })
    void charactersThatBelongToLettersAndEmojiAreKept(String text) {
        assertThat(InvisibleCharacters.removedFrom(text)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        invoice\u200Dfdp.exe,  invoicefdp.exe
        invoice\u200Cfdp.exe,  invoicefdp.exe
        in\u00ADvoice\u200B,   invoice
        a\u202E\u2066b\u2069,  ab
        a\uFE0F\uFE0E,         a
        1\uFE0F,               1
        a\u034F\u3164\uFFA0,   a
        👩\u200D,              👩
        \u200D👩,              👩
        👩\u200Dx,             👩x
        علی\u200C.pdf,         علی.pdf
        x\u200Cپور,            xپور
        علی\u200Cx,            علیx
        """)
    void otherInvisibleCharactersAreRemoved(String text, String visible) {
        assertThat(InvisibleCharacters.removedFrom(text)).isEqualTo(visible);
    }

    @Test
    void ofSeveralJoinersOneIsKept() {
        assertThat(InvisibleCharacters.removedFrom("علی\u200C\u200C\u200Dپور")).isEqualTo("علی\u200Cپور");
    }

    @Test
    void tagsOutsideOfFlagsAreRemoved() {
        String hidden = "pay"
                .codePoints()
                .mapToObj(letter -> Character.toString(0xE0000 + letter))
                .collect(Collectors.joining());

        assertThat(InvisibleCharacters.removedFrom("🏴" + hidden + Character.toString(0xE007F)))
                .isEqualTo("🏴");
        assertThat(InvisibleCharacters.removedFrom("Ana" + hidden)).isEqualTo("Ana");
    }

    @Test
    void removingAgainChangesNothing() {
        Random random = new Random(36);
        String[] parts = {
            "ع",
            "ی",
            "\u064E",
            "x",
            "1",
            " ",
            "\u200C",
            "\u200D",
            "\u200B",
            "\uFE0F",
            "👩",
            "🏽",
            "⚕",
            "🏴",
            "\u20E3",
            "\uDB40\uDC67",
            "\uDB40\uDD00",
            "\uD83D",
            "漢",
            "\u034F",
            "ක",
            "\u0DCA"
        };

        for (int i = 0; i < 20_000; i++) {
            String text = random.ints(random.nextInt(10), 0, parts.length)
                    .mapToObj(part -> parts[part])
                    .collect(Collectors.joining());

            String visible = InvisibleCharacters.removedFrom(text);

            assertThat(InvisibleCharacters.removedFrom(visible)).isEqualTo(visible);
        }
    }
}
