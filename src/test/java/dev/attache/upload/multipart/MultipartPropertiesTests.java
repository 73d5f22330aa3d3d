package dev.attache.upload.multipart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.attache.contract.value.UploadTerms;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

class MultipartPropertiesTests {

    @ParameterizedTest
    @ValueSource(strings = {"4MB", "0B", "5121MB"})
    void thresholdsThatS3DoesNotAllowAreRefused(String threshold) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MultipartProperties(DataSize.parse(threshold)))
                .withMessageStartingWith("attache.uploads.multipart-threshold is ")
                .withMessageEndingWith("must be between 5MB and 5GB");
    }

    @Test
    void largerFilesAreSentInParts() {
        assertThat(new MultipartProperties(DataSize.ofMegabytes(16)).thresholdOf(terms(null)))
                .isEqualTo(16L << 20);
    }

    @Test
    void filesWhoseSha256IsRequestedAreSentWhole() {
        assertThat(new MultipartProperties(DataSize.ofMegabytes(16)).thresholdOf(terms("ab".repeat(32))))
                .isEqualTo(Long.MAX_VALUE);
    }

    private static UploadTerms terms(String sha256) {
        return new UploadTerms(List.of("application/pdf"), 1000, null, null, sha256);
    }
}
