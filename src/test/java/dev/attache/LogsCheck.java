package dev.attache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads what the whole test run has logged: the build runs it after all other tests, in a JVM of its own. */
class LogsCheck {

    private static final Path LOG = Path.of("target", "test-logs", "all.log");

    /**
     * The query of a signed URL, the fields of a signed form, and the id in a page's address, however they are printed.
     */
    private static final Pattern SECRET = Pattern.compile(
            "x-amz-(signature|security-token)[=:\"]"
                    + "|policy\"?[=:]\\s*\"?eyJ"
                    + "|/u/[0-9a-f]{32}"
                    + "|pageId\"?[=:]\\s*\"?[0-9a-f]{32}",
            Pattern.CASE_INSENSITIVE);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /a?X-Amz-Signature=0f",
                "fields={x-amz-signature=0f}",
                "\"x-amz-signature\":\"0f\"",
                "X-Amz-Security-Token: IQoJ",
                "{policy=eyJleHBpcm",
                "\"policy\":\"eyJleHBpcm",
                "https://a.example/u/0123456789abcdef0123456789abcdef",
                "OpenUpload[pageId=0123456789abcdef0123456789abcdef"
            })
    void aSecretIsRecognized(String line) {
        assertThat(SECRET.matcher(line).find()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"fields=[policy, x-amz-signature]", "https://a.example/u/…", "the header x-amz-signature is due"
            })
    void whatOnlyNamesOneIsNone(String line) {
        assertThat(SECRET.matcher(line).find()).isFalse();
    }

    @Test
    void noSignedUrlAndNoPageAddressIsLogged() throws IOException {
        assertThat(LOG).as("what the tests before this one logged").isNotEmptyFile();

        try (Stream<String> lines = Files.lines(LOG)) {
            List<String> secrets = lines.filter(line -> SECRET.matcher(line).find())
                    .map(line -> line.substring(0, Math.min(line.length(), 120)))
                    .toList();
            assertThat(secrets).isEmpty();
        }
    }

    @Test
    void theWorkerWasAmongThoseWhoLogged() throws IOException {
        assumeTrue(System.getProperty("only-tests", "").isEmpty(), "Only some tests were run");
        try (Stream<String> lines = Files.lines(LOG)) {
            assertThat(lines).anyMatch(line -> line.contains("Tomcat started on port"));
        }
    }
}
