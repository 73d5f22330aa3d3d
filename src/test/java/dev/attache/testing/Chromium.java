package dev.attache.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/** The system's Chromium. Playwright would download one of its own; the build does not. */
public final class Chromium {

    private Chromium() {}

    /** Whether there is one on the {@code PATH}. */
    public static boolean isInstalled() {
        return find().isPresent();
    }

    /** @throws IllegalStateException when there is none on the {@code PATH} */
    public static Path executable() {
        return find().orElseThrow(() -> new IllegalStateException("There is no Chromium on the PATH"));
    }

    private static Optional<Path> find() {
        var folders = System.getenv().getOrDefault("PATH", "").split(":");
        return Stream.of("chromium", "chromium-browser", "google-chrome")
                .flatMap(name -> Arrays.stream(folders).map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
