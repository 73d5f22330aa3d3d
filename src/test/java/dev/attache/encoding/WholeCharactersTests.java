package dev.attache.encoding;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WholeCharactersTests {

    @ParameterizedTest
    @CsvSource({"Ana Lima, 20, Ana Lima", "Ana Lima, 3, Ana", "a😀b, 2, a", "a😀b, 3, a😀", "a👩\u200D👧b, 5, a"})
    void aTextIsCutBetweenCharacters(String text, int limit, String start) {
        assertThat(WholeCharacters.start(text, limit)).isEqualTo(start);
    }

    @Test
    void aCharacterThatIsLongerThanTheLimitIsCut() {
        assertThat(WholeCharacters.start("a" + "\u0301".repeat(300), 100)).hasSize(100);
        assertThat(WholeCharacters.start("👩\u200D👩\u200D👧", 4)).isEqualTo("👩\u200D");
    }
}
