package dev.attache.reliability.worker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Writes the figures of a test to {@code target/reliability/<name>.json} and to one line of the log. */
public final class Figures {

    public static final Path FOLDER = Path.of("target", "reliability");

    private static final Logger LOG = LoggerFactory.getLogger(Figures.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private Figures() {}

    public static void keep(String name, Object figures) {
        LOG.info("Figures of {}: {}", name, JSON.writeValueAsString(figures));
        try {
            Files.createDirectories(FOLDER);
            Files.writeString(
                    FOLDER.resolve(name + ".json"),
                    JSON.writer().with(SerializationFeature.INDENT_OUTPUT).writeValueAsString(figures) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
