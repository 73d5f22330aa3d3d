package dev.attache.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.reliability.worker.RequiresPackagedWorker;
import dev.attache.reliability.worker.WorkerProcess;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;

/**
 * The packaged worker. Its libraries are not nested in its jar, because virtual threads can block the class loader for
 * nested jars, and with it the worker (docs/reliability.md).
 */
class PackagingIT {

    @Test
    @RequiresPackagedWorker
    void theLibrariesAreNextToTheJarAndTrainingCodeIsInNeither() throws Exception {
        var place = Path.of(WorkerProcess.jar());
        try (var jar = new JarFile(place.toFile())) {
            var manifest = jar.getManifest().getMainAttributes();

            assertThat(manifest.getValue(Attributes.Name.MAIN_CLASS)).isEqualTo("dev.attache.AttacheApplication");
            assertThat(jar.stream())
                    .isNotEmpty()
                    .noneMatch(entry -> entry.getName().endsWith(".jar"))
                    .noneMatch(entry -> !entry.isDirectory() && entry.getName().startsWith("dev/attache/training/"));
            assertThat(manifest.getValue(Attributes.Name.CLASS_PATH).split(" "))
                    .hasSizeGreaterThan(100)
                    .allSatisfy(
                            library -> assertThat(place.resolveSibling(library)).isRegularFile());
        }
    }
}
