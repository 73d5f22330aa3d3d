package dev.attache.storage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileNameMetadataTests {

    @ParameterizedTest
    @CsvSource({
        "Signed contract (Ana).pdf, Signed%20contract%20(Ana).pdf",
        "100%.txt, 100%25.txt",
        "Übersicht.pdf, %C3%9Cbersicht.pdf",
        "договор.pdf, %D0%B4%D0%BE%D0%B3%D0%BE%D0%B2%D0%BE%D1%80.pdf"
    })
    void aNameIsPercentEncodedAndReadBack(String name, String encoded) {
        assertThat(FileNameMetadata.of(name)).isEqualTo(encoded);
        assertThat(FileNameMetadata.read(encoded)).isEqualTo(name);
    }

    @Test
    void aLongNameIsShortenedAndKeepsItsExtension() {
        String encoded = FileNameMetadata.of("契".repeat(251) + ".pdf");

        assertThat(encoded.length()).isBetween(900, 1000);
        assertThat(FileNameMetadata.read(encoded)).matches("契{100,}\\.pdf");
    }

    @Test
    void aNameFromAnotherProgramIsMadeSafeToShow() {
        assertThat(FileNameMetadata.read("../../%E2%80%AEfdp.exe%00")).isEqualTo("fdp.exe");
        assertThat(FileNameMetadata.read("100% sure.pdf")).isEqualTo("100% sure.pdf");
        assertThat(FileNameMetadata.read(" ")).isNull();
        assertThat(FileNameMetadata.read(null)).isNull();
    }
}
