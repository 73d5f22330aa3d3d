package dev.attache.wording;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ButtonColorUnitTests {

    @ParameterizedTest
    @ValueSource(strings = {"#000000", "#767676", "#1d5fd1", "#B00020"})
    void aColourOnWhichWhiteTextCanBeReadIsUsed(String color) {
        assertThat(ButtonColor.of(color).background()).isEqualTo(color);
    }

    @ParameterizedTest
    @ValueSource(strings = {"#ffffff", "#777777", "#ffcc00", "#00ff00", "red", "#12345", "#1234567", "#12345g"})
    void anotherColourIsReplacedByTheDefault(String color) {
        assertThat(ButtonColor.of(color)).isEqualTo(ButtonColor.DEFAULT);
    }

    @Test
    void aSourceWithoutAColourHasTheDefault() {
        assertThat(ButtonColor.of(null)).isEqualTo(ButtonColor.DEFAULT);
        assertThat(ButtonColor.of(ButtonColor.DEFAULT.background())).isEqualTo(ButtonColor.DEFAULT);
    }
}
