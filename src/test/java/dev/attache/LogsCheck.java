package dev.attache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

/** Reads what the whole test run has logged: the build runs it after all other tests, in a JVM of its own. */
class LogsCheck {

    private static final Path LOG = Path.of("target", "test-logs", "all.log");

    @Test
    void noSignedUrlAndNoPageAddressIsLogged() throws IOException {
        assertThat(LOG).as("what the tests before this one logged").isNotEmptyFile();

        try (Stream<String> lines = Files.lines(LOG)) {
            List<String> secrets = lines.filter(line -> line.contains("X-Amz-Signature") || line.matches(".*/u/[0-9a-f]{32}.*"))
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
