package dev.attache.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * {@code infra/terraform} takes queues, topics and rules from {@code infra/topology.yaml} and permissions from
 * {@code infra/policies}, instead of stating them again. Needs no Terraform; {@link TerraformTopologyIT} compares a
 * plan.
 */
class TerraformModuleTests {

    private static final Path MODULE = Path.of("infra", "terraform");

    private static final Pattern COMMENT = Pattern.compile("(?m)^\\s*#.*$|\\s#\\s.*$");

    private final Topology topology = Topology.definition();

    @Test
    void itReadsTheDefinitionAndThePolicies() throws IOException {
        assertThat(text("topology.tf")).contains("yamldecode(file(\"${path.module}/../topology.yaml\"))");
        assertThat(text("policies.tf")).contains("templatefile(\"${path.module}/../policies/${name}.json\"");
    }

    /** Names are in variables.tf only, where inputs name the queues and topics that are open to other systems. */
    @Test
    void itStatesNoNameOfTheDefinitionAgain() throws IOException {
        List<String> names = Stream.of(
                        topology.allQueues().stream(),
                        topology.topics().keySet().stream(),
                        topology.bucket().lifecycle().stream().map(Topology.LifecycleRule::id),
                        Stream.of(topology.bucket().cors().id()))
                .flatMap(it -> it)
                .toList();

        assertThat(resources())
                .allSatisfy((file, text) -> assertThat(names)
                        .as(file)
                        .noneSatisfy(name -> assertThat(text).contains('"' + name + '"')));
    }

    @Test
    void itUsesEverySettingOfTheDefinition() throws IOException {
        String text = String.join("\n", resources().values());

        assertThat(Stream.of(
                        "queueSettings.visibilityTimeout",
                        "queueSettings.messageRetentionPeriod",
                        "queueSettings.maximumMessageSize",
                        "queueSettings.maxReceiveCount",
                        "queueSettings.receiveMessageWaitTimeSeconds",
                        "queueSettings.sqsManagedSse",
                        "deadLetterQueueSettings.messageRetentionPeriod",
                        "deadLetterQueueSettings.maximumMessageSize",
                        "deadLetterQueueSettings.redrivePermission",
                        "deadLetterQueueSettings.sqsManagedSse",
                        "bucket.blockPublicAccess",
                        "bucket.objectOwnership",
                        "bucket.encryption",
                        "bucket.versioning",
                        "bucket.notifications",
                        "bucket.cors",
                        "bucket.lifecycle"))
                .allSatisfy(setting -> assertThat(text).contains("local.topology." + setting));
    }

    @Test
    void noPartitionIsWrittenIntoAnArnAndNoActionIsAWildcard() throws IOException {
        assertThat(resources())
                .allSatisfy((file, text) -> assertThat(text)
                        .as(file)
                        .doesNotContain("arn:aws:")
                        .doesNotContain("\"kms:*\"")
                        .doesNotContain("\"iam:*\""));
    }

    /** Only statements that deny name all actions of a service. */
    @Test
    void allActionsOfAServiceAreOnlyDenied() throws IOException {
        Pattern all = Pattern.compile(
                "Effect\\s*=\\s*\"(\\w+)\"\\s*Principal\\s*=\\s*\"?[^\\n]*\\s*Action\\s*=\\s*\"\\w+:\\*\"");

        assertThat(resources().values())
                .flatMap(text ->
                        all.matcher(text).results().map(it -> it.group(1)).toList())
                .hasSize(2)
                .containsOnly("Deny");
    }

    @Test
    void theModuleConfiguresNoProviderAndPinsNoVersion() throws IOException {
        assertThat(files()).allSatisfy((file, text) -> assertThat(text).as(file).doesNotContain("provider \""));
        assertThat(text("versions.tf"))
                .contains("version = \">= ")
                .doesNotContain("version = \"= ")
                .doesNotContain("~>");
    }

    @Test
    void everyVariableOfTheEnvironmentIsADocumentedSetting() throws IOException {
        String settings = Files.readString(Path.of("docs", "configuration.md"));
        List<String> documented = Pattern.compile("`(attache\\.[a-z.-]+)`")
                .matcher(settings)
                .results()
                .map(it -> it.group(1).toUpperCase(Locale.ROOT).replaceAll("[.-]", "_"))
                .toList();

        assertThat(Pattern.compile("\\bATTACHE_[A-Z_]+\\b")
                        .matcher(String.join("\n", resources().values()))
                        .results()
                        .map(MatchResult::group)
                        .distinct())
                .isNotEmpty()
                .isSubsetOf(documented);
    }

    @Test
    void everyInputAndOutputIsDescribedInItsFile() throws IOException {
        for (String file : List.of("variables.tf", "outputs.tf")) {
            for (String block : text(file).split("(?m)^(?=variable \"|output \")")) {
                if (block.startsWith("variable") || block.startsWith("output")) {
                    assertThat(block).contains("description");
                }
            }
        }
    }

    @Test
    void everyInputAndOutputIsInTheReadme() throws IOException {
        String readme = text("README.md");

        assertThat(Pattern.compile("(?m)^(?:variable|output) \"(\\w+)\"")
                        .matcher(text("variables.tf") + text("outputs.tf"))
                        .results()
                        .map(it -> it.group(1)))
                .isNotEmpty()
                .allSatisfy(name -> assertThat(readme).contains("| `" + name + "` |"));
    }

    /** All files but variables.tf, whose validations name queues, without comments and descriptions. */
    private static Map<String, String> resources() throws IOException {
        Map<String, String> files = files();
        files.remove("variables.tf");
        files.remove("outputs.tf");
        return files;
    }

    private static Map<String, String> files() throws IOException {
        try (Stream<Path> files = Files.list(MODULE)) {
            return files.filter(file -> file.toString().endsWith(".tf"))
                    .collect(Collectors.toMap(
                            file -> file.getFileName().toString(),
                            file -> COMMENT.matcher(read(file)).replaceAll(""),
                            (first, second) -> first,
                            TreeMap::new));
        }
    }

    private static String text(String file) throws IOException {
        return Files.readString(MODULE.resolve(file));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
