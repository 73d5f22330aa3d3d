package dev.attache.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UploadKeysTests {

    private static final UUID ID = UUID.fromString("4c1f2f4e-0a55-5a0e-9d5c-0b7a3f1f2e3d");

    private static final String FOLDER = "uploads/crm/" + ID + "/";

    @Test
    void theKeyOfTheNthFileEndsWithItsNumber() {
        String key = UploadKeys.key("crm", ID, 7);

        assertThat(key).isEqualTo(FOLDER + "7");
        assertThat(UploadKeys.number(key)).hasValue(7);
        assertThat(UploadKeys.uploadId(key)).contains(ID);
        assertThat(UploadKeys.isOf("crm", key)).isTrue();
    }

    @Test
    void keysOfEarlierBuildsAreRecognised() {
        assertThat(UploadKeys.uploadId(FOLDER + "Contract.pdf")).contains(ID);
        assertThat(UploadKeys.number(FOLDER + "Contract.pdf")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "01", "-1", "1.5", "10000", "1 ", "١", "2026.pdf"})
    void aKeyWithoutAValidNumberHasNone(String name) {
        assertThat(UploadKeys.number(FOLDER + name)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "-, false, 1",
                "1, false, 1",
                "1, true, 2",
                "41, true, 42",
                "Contract.pdf, false, 1",
                "Contract.pdf, true, 1"
            })
    void theNextNumberIsTakenWhenTheLastWasRefused(String last, boolean refused, int next) {
        assertThat(UploadKeys.next(last == null ? null : FOLDER + last, refused))
                .isEqualTo(next);
    }
}
