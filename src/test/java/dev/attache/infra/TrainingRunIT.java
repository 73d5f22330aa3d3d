package dev.attache.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.attache.reliability.worker.RequiresPackagedWorker;
import dev.attache.reliability.worker.WorkerProcess;
import dev.attache.training.TrainingRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The training run of {@code infra/aot-cache.sh}, without the cache, and with fewer messages. */
class TrainingRunIT {

    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

    @TempDir
    private Path folder;

    @Test
    @RequiresPackagedWorker
    void thePackagedWorkerHandlesAllMessagesWithoutAnError() throws IOException {
        Path log = folder.resolve("worker.log");
        List<String> command = List.of(JAVA.toString(), "-XX:TieredStopAtLevel=1", "-jar", WorkerProcess.jar());

        assertThatCode(() -> TrainingRun.run(25, command, ProcessBuilder.Redirect.to(log.toFile())))
                .doesNotThrowAnyException();

        assertThat(Files.readString(log)).contains("Started AttacheApplication").doesNotContain(" WARN ", " ERROR ");
    }

    @Test
    void aWorkerThatEndsEarlyFailsTheTrainingRun() {
        List<String> command = List.of(JAVA.toString(), "--no-such-option");

        assertThatCode(() -> TrainingRun.run(1, command, ProcessBuilder.Redirect.DISCARD))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("exit code 1");
    }

    @Test
    void theImageTakesTheCacheFromItsBuildStageAndNoTrainingCode() throws IOException {
        String dockerfile = Files.readString(Path.of("infra/Dockerfile"));
        String image = dockerfile.substring(dockerfile.lastIndexOf("\nFROM "));

        assertThat(image).contains("COPY --from=cache /app/attache.aot").doesNotContain("training");
    }
}
