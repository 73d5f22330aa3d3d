package dev.attache.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The worker's ahead-of-time cache, made as an operator would, once for each run of the benchmark. */
record AotCache(String jar, String file) {

    private static final Path FOLDER = Path.of("target", "app").toAbsolutePath();

    static AotCache of(String jar) {
        AotCache cache = new AotCache(FOLDER.resolve("attache.jar").toString(), FOLDER.resolve("attache.aot").toString());
        try {
            if (!isFresh(Path.of(cache.file), Path.of(jar))) {
                ProcessBuilder script = new ProcessBuilder("../infra/aot-cache.sh", jar, FOLDER.toString()).inheritIO();
                script.environment().put("JAVA", Java.command());
                if (script.start().waitFor() != 0) {
                    throw new IllegalStateException("infra/aot-cache.sh failed");
                }
            }
            return cache;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static boolean isFresh(Path cache, Path jar) throws IOException {
        return Files.exists(cache) && Files.getLastModifiedTime(cache).compareTo(Files.getLastModifiedTime(jar)) > 0;
    }
}
