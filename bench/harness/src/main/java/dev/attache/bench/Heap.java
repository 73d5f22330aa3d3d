package dev.attache.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The heap of another Java process, read with {@code jcmd}. */
final class Heap {

    private Heap() {}

    /** The size of all reachable objects in bytes: the class histogram runs a garbage collection first. */
    static String inUse(long pid) {
        String[] total = jcmd(pid, "GC.class_histogram")
                .lines()
                .filter(line -> line.startsWith("Total"))
                .findFirst()
                .orElse("Total 0 0")
                .split("\\s+");
        return "%.1f MiB".formatted(Long.parseLong(total[2]) / 1024.0 / 1024);
    }

    private static String jcmd(long pid, String command) {
        try {
            Process jcmd = new ProcessBuilder(
                            Path.of(Java.command()).resolveSibling("jcmd").toString(), String.valueOf(pid), command)
                    .redirectErrorStream(true)
                    .start();
            return new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }
}
