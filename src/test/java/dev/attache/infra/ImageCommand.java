package dev.attache.infra;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The image as {@code infra/Dockerfile} describes it. */
record ImageCommand(List<String> words) {

    private static final Pattern ENTRYPOINT = Pattern.compile("(?m)^ENTRYPOINT (\\[.*])$");

    static String dockerfile() {
        try {
            return Files.readString(Path.of("infra", "Dockerfile"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The command in the image's ENTRYPOINT, which has to be in the form that needs no shell. */
    static ImageCommand entrypoint() {
        List<String> found = ENTRYPOINT
                .matcher(dockerfile())
                .results()
                .map(match -> match.group(1))
                .toList();
        assertThat(found).as("the instruction ENTRYPOINT with a JSON array").hasSize(1);
        return new ImageCommand(JsonMapper.shared().readValue(found.getFirst(), new TypeReference<>() {}));
    }

    /**
     * The same command outside a container.
     *
     * @param files where the image's files are on this machine; no other file of the image may be in the command
     */
    List<String> with(Map<String, Path> files) {
        return words.stream().map(word -> replaced(word, files)).toList();
    }

    private static String replaced(String word, Map<String, Path> files) {
        for (Map.Entry<String, Path> file : files.entrySet()) {
            if (word.endsWith(file.getKey())) {
                String before = word.substring(0, word.length() - file.getKey().length());
                return before + file.getValue().toAbsolutePath();
            }
        }
        assertThat(word).as("a word without a file of the image").doesNotContain("/");
        return word;
    }
}
