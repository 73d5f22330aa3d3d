package dev.attache.upload.multipart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.storage.multipart.StoredPart;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PartChecksumsTests {

    private static final String ABC = "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=";

    @Test
    void aSha256InBase64IsRecognised() {
        assertThat(PartChecksums.isSha256(ABC)).isTrue();
        assertThat(PartChecksums.isSha256(S3InMemory.sha256("abc".getBytes(StandardCharsets.UTF_8))))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0",
                "ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0=",
                "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa1=",
                "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=\n",
                "AAAA"
            })
    void anythingElseIsNot(String text) {
        assertThat(PartChecksums.isSha256(text)).isFalse();
    }

    /** Computed with OpenSSL: the SHA-256 of the 64 bytes of both hashes. */
    @Test
    void theCompositeIsTheHashOfTheHashesWithTheNumberOfParts() {
        assertThat(PartChecksums.composite(List.of(part(1, ABC), part(2, ABC))))
                .hasValue("O3ccqX48F2mK/yEif6BGtWIqMNjuXS3k7hERoc3yWO4=-2");
    }

    @Test
    void withoutAChecksumOfEachPartThereIsNoComposite() {
        assertThat(PartChecksums.composite(List.of(part(1, ABC), part(2, null))))
                .isEmpty();
    }

    private static StoredPart part(int number, @Nullable String sha256) {
        return new StoredPart(number, 3, "\"e\"", sha256, Instant.EPOCH);
    }
}
