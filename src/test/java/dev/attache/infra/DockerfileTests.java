package dev.attache.infra;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * What {@code infra/Dockerfile} promises, as far as it can be seen without building it. {@code ImageIT} has the rest.
 */
class DockerfileTests {

    private static final Pattern COPIED = Pattern.compile("(?m)^COPY (?!--from)(.+) \\S+$");

    private static final Pattern LABEL = Pattern.compile("org\\.opencontainers\\.image\\.(\\w+)=");

    private final String dockerfile = ImageCommand.dockerfile();

    private final String image = dockerfile.substring(dockerfile.lastIndexOf("\nFROM "));

    @Test
    void theWorkerRunsWithoutAShellAndGetsTheSignalToStop() {
        assertThat(ImageCommand.entrypoint().words().getFirst()).endsWith("/java");
        assertThat(dockerfile).doesNotContain("STOPSIGNAL");
    }

    @Test
    void theWorkersUserHasANumberSoThatKubernetesKnowsThatItIsNotRoot() {
        assertThat(image).containsOnlyOnce("\nUSER ").contains("\nUSER 10001:10001\n");
    }

    @Test
    void theLabelsOfTheOpenContainerInitiativeAreSet() {
        assertThat(LABEL.matcher(image).results().map(match -> match.group(1)))
                .containsExactlyInAnyOrder(
                        "title", "description", "licenses", "version", "revision", "created", "source");
    }

    @Test
    void theBillOfMaterialsIsInTheImage() {
        assertThat(image).contains("/app/attache.cdx.json");
    }

    @Test
    void everyFileThatItCopiesIsSentToTheDaemonAndNothingElse() throws IOException {
        List<String> sent = Files.readAllLines(Path.of("infra", "Dockerfile.dockerignore"));
        List<String> copied = COPIED.matcher(dockerfile)
                .results()
                .map(DockerfileTests::sources)
                .flatMap(List::stream)
                .map(path -> "!" + path.replaceAll("/$", ""))
                .toList();

        assertThat(sent.getFirst()).isEqualTo("*");
        assertThat(sent.subList(1, sent.size())).containsExactlyInAnyOrderElementsOf(copied);
    }

    private static List<String> sources(MatchResult copy) {
        return List.of(copy.group(1).split(" "));
    }
}
