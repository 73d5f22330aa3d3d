package dev.attache.wording;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DisplayTextUnitTests {

    @Test
    void aLineHasNoLineEndsAndNoControlCharacters() {
        assertThat(DisplayText.line("Your\r\nBcc: everybody@example.com\u0000 contract", 100))
                .isEqualTo("Your Bcc: everybody@example.com contract");
        assertThat(DisplayText.line("a\u2028b\u0085c\u000bd", 100)).isEqualTo("a b c d");
    }

    @Test
    void aLineHasNoInvisibleCharacters() {
        assertThat(DisplayText.line("invoice\u202Efdp.exe\u200B\uFEFF\u2066", 100))
                .isEqualTo("invoicefdp.exe");
    }

    @ParameterizedTest
    @ValueSource(strings = {"علی\u200Cپور", "👩🏽\u200D⚕\uFE0F Ana", "ශ්\u200Dරී"})
    void aLineKeepsTheJoinersOfLettersAndEmoji(String line) {
        assertThat(DisplayText.line(line, 100)).isEqualTo(line);
        assertThat(DisplayText.name(line)).contains(line);
        assertThat(DisplayText.paragraphs(line)).isEqualTo(List.of(List.of(line)));
    }

    @Test
    void aLineThatLooksEmptyIsEmpty() {
        assertThat(DisplayText.line("\u3164\u200D \u2800\uFE0F", 100)).isEmpty();
        assertThat(DisplayText.paragraphs("One\n\u3164\u200D\nTwo")).isEqualTo(List.of(List.of("One"), List.of("Two")));
    }

    @Test
    void aLongLineEndsWithAnEllipsisAndNotInTheMiddleOfACharacter() {
        assertThat(DisplayText.line("🎈🎈🎈🎈", 3)).isEqualTo("🎈🎈…");
        assertThat(DisplayText.line("Ana 👩\u200D👧 Lima", 7)).isEqualTo("Ana…");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ceo@bank.example",
                "ceo＠bank.example",
                "Bank <ceo@bank.example>",
                "https://bank.example",
                "www.bank.example",
                " \u200b "
            })
    void aNameThatLooksLikeAnAddressIsNotUsed(String name) {
        assertThat(DisplayText.name(name)).isEmpty();
    }

    @Test
    void anOrdinaryNameIsUnchanged() {
        assertThat(DisplayText.name("Ana Lima, MD")).contains("Ana Lima, MD");
    }

    @Test
    void aTextIsSplitAtBlankLines() {
        assertThat(DisplayText.paragraphs("One\r\ntwo\r\n\r\n  \nthree\u202e\u0007"))
                .isEqualTo(List.of(List.of("One", "two"), List.of("three")));
        assertThat(DisplayText.paragraphs(" \n ")).isEmpty();
    }
}
