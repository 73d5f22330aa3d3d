package dev.attache.download;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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

    @Test
    void textThatIsLongerThanAnyAddressIsRefused() {
        assertThat(AddressConfirmation.matches(" ".repeat(1_000_000) + "ana@example.com", "ana@example.com"))
                .isFalse();
    }
}
