package dev.attache.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.attache.reliability.worker.RequiresPackagedWorker;
import dev.attache.reliability.worker.WorkerProcess;
import dev.attache.training.TrainingRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The image's command line, with an ahead-of-time cache, and as much memory as its container has.
 *
 * <p>Java derives the heap's size at the start from the machine's memory. The heap of a small container could not hold
 * the objects of the cache, and Java exited; on a machine with more memory it started.
 */
class ImageCommandIT {

    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

    private static final int REQUESTS = 25;

    @TempDir
    private Path folder;

    @Test
    @RequiresPackagedWorker
    void theWorkerStartsWithItsCacheInTheMemoryOfItsContainer() throws Exception {
        Path cache = folder.resolve("attache.aot");
        run(List.of(JAVA.toString(), "-XX:AOTCacheOutput=" + cache, "-jar", WorkerProcess.jar()), "training.log");
        assertThat(cache).isNotEmptyFile();

        List<String> command = new ArrayList<>(ImageCommand.entrypoint()
                .with(Map.of(
                        "/app/attache.aot",
                        cache,
                        "/app/java.args",
                        Path.of("infra", "java.args"),
                        "/app/attache.jar",
                        Path.of(WorkerProcess.jar()),
                        "/opt/jre/bin/java",
                        JAVA)));
        command.add(1, "-XX:MaxRAM=512m");
        String log = run(command, "worker.log");

        // Java warns if it cannot use the cache, and goes on without it.
        assertThat(log).contains("Started AttacheApplication").doesNotContain("[aot", "[warning]", " WARN ", " ERROR ");
    }

    private String run(List<String> command, String log) throws IOException {
        Path output = folder.resolve(log);
        assertThatCode(() -> TrainingRun.run(REQUESTS, command, ProcessBuilder.Redirect.to(output.toFile())))
                .as("%s, whose output is %s", command, output)
                .doesNotThrowAnyException();
        return Files.readString(output);
    }
}
