package dev.attache.infra;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the commands of "The afternoon" in docs/operations.md name exists. They were run by hand on an emulator. */
class AfternoonTests {

    private static final Path EXAMPLE = Path.of("infra/terraform/examples/complete");

    private static final Pattern CODE = Pattern.compile("(?ms)^```sh\n(.*?)^```");

    private static final Pattern OUTPUT = Pattern.compile("\\$\\(out (\\w+)\\)");

    private static final Pattern VARIABLE = Pattern.compile("(?m)^(\\w+) += ");

    private static final Pattern BLOCK = Pattern.compile("(?ms)<<'EOF'\n(.*?)^EOF");

    private static final Pattern FILE = Pattern.compile("(?:infra|samples|target)/[\\w./-]+");

    private final String commands =
            CODE.matcher(section()).results().map(block -> block.group(1)).collect(Collectors.joining("\n"));

    private static String section() {
        String page = read(Path.of("docs/operations.md"));
        int begin = page.indexOf("\n## The afternoon");
        assertThat(begin).as("the section").isPositive().isLessThan(page.indexOf("\n## Endpoints"));
        return page.substring(begin, page.indexOf("\n## ", begin + 1));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new AssertionError(file + " cannot be read", e);
        }
    }

    @Test
    void everyOutputIsAnOutputOfTheExample() {
        assertThat(names(OUTPUT, commands))
                .isNotEmpty()
                .isSubsetOf(names(Pattern.compile("(?m)^output \"(\\w+)\""), definitions()));
    }

    @Test
    void everyVariableIsAVariableOfTheExample() {
        String values = names(BLOCK, commands).stream().collect(Collectors.joining());

        assertThat(names(VARIABLE, values))
                .contains("mail_from")
                .isSubsetOf(names(Pattern.compile("(?m)^variable \"(\\w+)\""), definitions()));
        assertThat(commands).contains("image = ");
    }

    @Test
    void everyRequiredVariableHasAValue() {
        List<String> required = Pattern.compile("(?ms)^variable \"(\\w+)\" \\{(.*?)^}")
                .matcher(definitions())
                .results()
                .filter(variable -> !variable.group(2).contains(" default "))
                .map(variable -> variable.group(1))
                .toList();

        assertThat(required).isNotEmpty();
        assertThat(names(VARIABLE, names(BLOCK, commands).stream().collect(Collectors.joining())))
                .containsAll(required);
    }

    /**
     * In its sandbox SES checks the worker's permission on the recipient's identity, for which there must be a policy.
     */
    @Test
    void theFirstMailGoesToARecipientThatTheWorkerMaySendToInTheSandboxOfSes() {
        String recipient = Pattern.compile("test_recipients = \\[\"([^\"]+)\"]")
                .matcher(commands)
                .results()
                .map(match -> match.group(1))
                .findFirst()
                .orElseThrow();

        assertThat(commands).contains("s/ana@example.com/" + recipient + "/").doesNotContain("create-email-identity");
    }

    @Test
    void everyFileExists() {
        assertThat(names(Pattern.compile("(" + FILE.pattern() + ")"), commands))
                .isNotEmpty()
                .allSatisfy(file -> assertThat(Path.of(file)).exists());
    }

    private static String definitions() {
        try (Stream<Path> files = Files.list(EXAMPLE)) {
            return files.filter(file -> file.toString().endsWith(".tf"))
                    .sorted()
                    .map(AfternoonTests::read)
                    .collect(Collectors.joining("\n"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static TreeSet<String> names(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult it) -> it.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
