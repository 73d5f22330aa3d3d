package dev.attache.download;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressConfirmationTests {

    @ParameterizedTest
    @ValueSource(strings = {"Ana@Bücher.example", " ana@bücher.example\n", "ANA@xn--bcher-kva.example"})
    void otherSpellingsOfTheAddressAreAccepted(String typed) {
        assertThat(AddressConfirmation.matches(typed, "ana@bücher.example")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "ana", "ana@bücher.example.org", "an@bücher.example", "ana@bücher.example,x@y.z"})
    void otherTextsAreRefused(String typed) {
        assertThat(AddressConfirmation.matches(typed, "ana@bücher.example")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ana@example.com\u200b",
                "\ufeffana@example.com",
                "\u202aana@example.com\u202c",
                "\u00a0ana@example.com\u3000",
                "ana@example.com\u2060 \t",
                "ana@example.com\u00ad\ufe0f",
                "\u2800ana@example.com\u3164"
            })
    void whatNobodySeesAroundTheAddressIsIgnored(String typed) {
        assertThat(AddressConfirmation.matches(typed, "ana@example.com")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ana@example.com.",
                "ana@example.com>",
                "ana@example.com;",
                "ana@example.com\u3002",
                "ana@example.com\u0301",
                "ana@example.com\u0000x",
                "<ana@example.com>",
                "mailto:ana@example.com",
                "\"ana\"@example.com",
                "ana @example.com",
                "a\u200bna@example.com",
                "\u0430na@example.com",
                "ana@example.com@example.com"
            })
    void whatIsSeenAroundTheAddressIsNot(String typed) {
        assertThat(AddressConfirmation.matches(typed, "ana@example.com")).isFalse();
    }

    @Test
    void aCharacterThatIsALetterInLowerCaseOnlyIsNotThatLetter() {
        assertThat(AddressConfirmation.matches("\u212aim@example.com", "kim@example.com"))
                .isFalse();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", "\u200b", "\u00a0\u3000"})
    void whatNobodySeesIsNoAddress(@Nullable String typed) {
        assertThat(AddressConfirmation.isMissing(typed)).isTrue();
        assertThat(AddressConfirmation.isMissing("a")).isFalse();
    }

    @Test
    void textThatIsLongerThanAnyAddressIsRefused() {
        assertThat(AddressConfirmation.matches(" ".repeat(1_000_000) + "ana@example.com", "ana@example.com"))
                .isFalse();
    }
}
