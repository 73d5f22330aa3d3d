package dev.attache.contract.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.attache.contract.EventCodec;
import dev.attache.contract.EventType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every file in {@code samples} is a valid event, and is named for its type. */
class SamplesAreValidTests {

    private static final EventCodec CODEC = new ValidatingEventCodec();

    static List<Path> samples() throws IOException {
        try (var files = Files.list(Path.of("samples"))) {
            return files.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void sampleIsValid(Path sample) {
        EventType<?> type = EventType.all().stream()
                .filter(candidate -> sample.getFileName()
                        .toString()
                        .startsWith(candidate.name().replace('.', '-')))
                .findFirst()
                .orElseThrow();

        assertThatCode(() -> CODEC.read(Files.readAllBytes(sample), type)).doesNotThrowAnyException();
    }

    @Test
    void bothKindsOfRequestHaveASample() throws IOException {
        assertThat(samples())
                .extracting(path -> path.getFileName().toString())
                .contains(
                        "attachment-requested-download.json",
                        "attachment-requested-upload.json",
                        "purchase-completed.json");
    }
}
