package dev.attache.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContentTypesTests {

    @ParameterizedTest
    @CsvSource({
        "image/*, image/png, true",
        "image/*, IMAGE/PNG;q=1, true",
        "image/png, image/png, true",
        "*/*, a/b, true",
        "image/png, image/jpeg, false",
        "image/*, imagex/png, false",
        "image/*, image/*, false",
        "*/*, nonsense, false"
    })
    void acceptsTypesInRanges(String accepted, String type, boolean accepts) {
        assertThat(ContentTypes.accepts(List.of(accepted), type)).isEqualTo(accepts);
    }
}
