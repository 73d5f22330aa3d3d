package dev.attache.wording;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BrandColorUnitTests {

    /** The examples are well known: black on white, and the lightest grey on white that is sufficient. */
    @ParameterizedTest
    @CsvSource({"#000000,#ffffff,21", "#767676,#ffffff,4.54", "#ff0000,#ffffff,4.00", "#ffffff,#ffffff,1"})
    void theContrastIsThatOfWcag(String one, String other, double ratio) {
        assertThat(BrandColor.parse(one).contrast(BrandColor.parse(other))).isCloseTo(ratio, Offset.offset(0.005));
        assertThat(BrandColor.parse(other).contrast(BrandColor.parse(one))).isCloseTo(ratio, Offset.offset(0.005));
    }

    @Test
    void aDarkColourIsUsedInTheLightDesignOnly() {
        assertThat(BrandColor.parse("#0F766E").styleSheet().orElseThrow())
                .contains("prefers-color-scheme: light", "--accent: #0f766e", "--on-accent: #ffffff")
                .doesNotContain("dark)");
    }

    @Test
    void aLightColourIsUsedInTheDarkDesignOnly() {
        assertThat(BrandColor.parse("#ffd400").styleSheet().orElseThrow())
                .contains("prefers-color-scheme: dark", "--accent: #ffd400", "--on-accent: #0b1320")
                .doesNotContain("light)");
    }

    @Test
    void aColourWithoutSufficientContrastIsIgnored() {
        assertThat(BrandColor.parse("#7a7a7a").styleSheet()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"#000000", "#0f766e", "#1d5fd1", "#c8102e", "#ffd400", "#ffffff"})
    void textOnTheColourAndOnTheHoveredColourHasSufficientContrast(String color) {
        String sheet = BrandColor.parse(color).styleSheet().orElseThrow();
        String[] colors = Pattern.compile("#[0-9a-f]{6}")
                .matcher(sheet)
                .results()
                .map(MatchResult::group)
                .toArray(String[]::new);

        assertThat(colors).hasSizeGreaterThanOrEqualTo(3);
        BrandColor text = BrandColor.parse(colors[2]);
        assertThat(text.contrast(BrandColor.parse(colors[0]))).isGreaterThan(4.5);
        assertThat(text.contrast(BrandColor.parse(colors[1]))).isGreaterThan(4.5);
    }
}
