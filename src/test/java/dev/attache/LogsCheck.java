package dev.attache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads the logs and reports of the whole test run. The build runs it after all other tests, in a separate JVM. */
@Tag("aws")
class LogsCheck {

    /** One file for each JVM that ran tests. */
    private static final Path LOGS = Path.of("target", "test-logs");

    /**
     * The query of a signed URL, the fields of a signed form, the id in a page's address, and the cookies of the
     * console.
     */
    private static final Pattern SECRET = Pattern.compile(
            "x-amz-(signature|security-token)[=:\"]"
                    + "|policy\"?[=:]\\s*\"?eyJ"
                    + "|/u/[0-9a-f]{32}"
                    + "|/d/[0-9a-z_-]{67}"
                    + "|pageId\"?[=:]\\s*\"?[0-9a-f]{32}"
                    + "|attache-(session|sign-in)=ey",
            Pattern.CASE_INSENSITIVE);

    /** A line of a class of the worker; names of packages are abbreviated. */
    private static final String OURS = " (?:dev\\.attache|d\\.attache|d\\.a)\\.\\S* : .*?";

    /** One address is part of a reason that senders read: it shows what an address looks like. */
    private static final Pattern ADDRESS =
            Pattern.compile(OURS + "(?<!write one such as |[\\w.+-])[\\w.+-]+@[\\w-]+(?:\\.[\\w-]+)+");

    private static final Pattern URL = Pattern.compile(OURS + "https?://");

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
                "https://a.example/d/0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef_-A",
                "OpenUpload[pageId=0123456789abcdef0123456789abcdef",
                "Cookie: attache-session=eyJraWQi",
                "[__Host-attache-sign-in=eyJraWQi; Path=/]"
            })
    void aSecretIsRecognized(String line) {
        assertThat(SECRET.matcher(line).find()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"fields=[policy, x-amz-signature]", "https://a.example/u/…", "the header x-amz-signature is due"
            })
    void aLineWithoutASecretIsNotRecognized(String line) {
        assertThat(SECRET.matcher(line).find()).isFalse();
    }

    @Test
    void noSignedUrlAndNoPageAddressIsLogged() throws IOException {
        assertThat(linesThat(line -> SECRET.matcher(line).find()))
                .extracting(line -> line.substring(0, Math.min(line.length(), 120)))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "WARN  d.a.delivery.MailDispatcher : Mail to ana@example.com failed",
                "WARN  dev.attache.Mails : ana@mail.example.com",
                "WARN  d.a.x.Y : write one such as ana@example.com, not eva@example.com"
            })
    void anAddressInALineOfTheWorkerIsRecognized(String line) {
        assertThat(ADDRESS.matcher(line).find()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "WARN  com.icegreen.greenmail : ana@example.com",
                "WARN  d.a.x.Y : has no valid address; write one such as ana@example.com",
                "WARN  d.a.x.Y : OpenUpload@1f2e3d"
            })
    void otherLinesHaveNoAddress(String line) {
        assertThat(ADDRESS.matcher(line).find()).isFalse();
    }

    @Test
    void theWorkerLogsNoAddressAndNoUrl() throws IOException {
        assertThat(linesThat(line ->
                        ADDRESS.matcher(line).find() || URL.matcher(line).find()))
                .extracting(line -> line.substring(0, Math.min(line.length(), 200)))
                .isEmpty();
    }

    @Test
    void theLogsIncludeTheWorkers() throws IOException {
        assumeTrue(System.getProperty("only-tests", "").isEmpty(), "Only some tests were run");
        assertThat(linesThat(line -> line.contains("Tomcat started on port"))).isNotEmpty();
    }

    /** An assumption that fails in {@code @BeforeAll} ends a class so that none of its tests counts as skipped. */
    @Test
    void noTestClassReportsThatItHasNoTests() throws IOException {
        List<Path> without = new ArrayList<>();
        try (DirectoryStream<Path> reports =
                Files.newDirectoryStream(Path.of("target", "failsafe-reports"), "TEST-*.xml")) {
            for (Path report : reports) {
                if (Files.readString(report).contains(" tests=\"0\"")) {
                    without.add(report);
                }
            }
        }
        assertThat(without).isEmpty();
    }

    private static List<String> linesThat(Predicate<String> match) throws IOException {
        List<String> found = new ArrayList<>();
        try (DirectoryStream<Path> logs = Files.newDirectoryStream(LOGS, "*.log")) {
            for (Path log : logs) {
                try (Stream<String> lines = Files.lines(log)) {
                    lines.filter(match).forEach(found::add);
                }
            }
        }
        return found;
    }
}
