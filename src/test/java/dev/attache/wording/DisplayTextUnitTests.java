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

    @Test
    void aLongLineEndsWithAnEllipsisAndNotInTheMiddleOfACharacter() {
        assertThat(DisplayText.line("🎈🎈🎈🎈", 3)).isEqualTo("🎈🎈…");
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
