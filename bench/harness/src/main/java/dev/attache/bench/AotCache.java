package dev.attache.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The worker's ahead-of-time cache. {@code infra/aot-cache.sh} makes it once for each build of the worker. */
record AotCache(String file) {

    static AotCache of(String jar) {
        Path cache = Path.of(jar).resolveSibling("attache.aot");
        try {
            if (!isFresh(cache, Path.of(jar))) {
                ProcessBuilder script = new ProcessBuilder("../infra/aot-cache.sh", jar).inheritIO();
                script.environment().put("JAVA", Java.command());
                if (script.start().waitFor() != 0) {
                    throw new IllegalStateException("infra/aot-cache.sh failed");
                }
            }
            return new AotCache(cache.toString());
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
