package dev.attache.infra;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.reliability.worker.RequiresPackagedWorker;
import dev.attache.reliability.worker.WorkerProcess;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The bill of materials in the packaged jar (CycloneDX 1.6), from which scanners read what the worker contains. */
@RequiresPackagedWorker
@DisabledIfSystemProperty(
        named = "maven.mode",
        matches = "offline=true",
        disabledReason = "Maven's offline mode makes no bill of materials: ./mvnw verify without -o")
class BillOfMaterialsIT {

    private static final Path JAR = Path.of(WorkerProcess.jar());

    private static final Path ATTACHED = JAR.resolveSibling("classes/META-INF/sbom/application.cdx.json");

    @Test
    void itListsTheJarsBesideTheWorkersByTheirBytes() throws IOException {
        JsonNode bill = bill();

        List<String> listed = new ArrayList<>();
        bill.path("components").forEach(component -> listed.add(fileName(component) + " " + sha256(component)));

        assertThat(listed).hasSizeGreaterThan(100).containsExactlyInAnyOrderElementsOf(libraries());
    }

    @Test
    void itNamesTheWorkerAndNoAddressesOfItsParent() throws IOException {
        JsonNode worker = bill().path("metadata").path("component");

        assertThat(worker.path("name").asString()).isEqualTo("attache");
        assertThat(JAR.getFileName())
                .hasToString("attache-" + worker.path("version").asString() + ".jar");
        assertThat(worker.has("externalReferences")).isFalse();
    }

    /** The image takes the file from there. */
    @Test
    void theFileOfTheBuildIsTheOneInTheJar() throws IOException {
        try (JarFile jar = new JarFile(JAR.toFile());
                InputStream entry = jar.getInputStream(jar.getEntry("META-INF/sbom/application.cdx.json"))) {
            assertThat(ATTACHED).hasBinaryContent(entry.readAllBytes());
        }
    }

    private static JsonNode bill() throws IOException {
        return JsonMapper.shared().readTree(Files.readString(ATTACHED));
    }

    private static List<String> libraries() throws IOException {
        try (Stream<Path> files = Files.list(JAR.resolveSibling("lib"))) {
            return files.map(file -> file.getFileName() + " " + sha256(file)).toList();
        }
    }

    private static String fileName(JsonNode component) {
        return component.path("name").asString() + "-"
                + component.path("version").asString() + ".jar";
    }

    private static String sha256(JsonNode component) {
        return component
                .path("hashes")
                .valueStream()
                .filter(hash -> hash.path("alg").asString().equals("SHA-256"))
                .map(hash -> hash.path("content").asString())
                .findFirst()
                .orElse("none");
    }

    private static String sha256(Path file) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (IOException | NoSuchAlgorithmException e) {
            throw new IllegalStateException(file.toString(), e);
        }
    }
}
