package dev.attache;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which packages may use which others; docs/architecture.md explains why. */
class PackageDependenciesTests {

    private static final Path SOURCES = Path.of("src/main/java/dev/attache");

    /** More is hard to survey. */
    private static final int MOST_FILES = 25;

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.attache");

    /**
     * A package, and all others of the application that it may use. The root package wires the others, and may use any.
     */
    private static final Map<String, Set<String>> ALLOWED = Map.ofEntries(
            Map.entry("audit", Set.of("ledger", "role")),
            Map.entry("aws", Set.of("binder.failure", "binder.gate", "encoding", "role")),
            Map.entry(
                    "binder",
                    Set.of(
                            "binder.batch",
                            "binder.failure",
                            "binder.gate",
                            "binder.health",
                            "binder.inbound",
                            "binder.memory",
                            "binder.message",
                            "binder.metrics",
                            "binder.observation",
                            "binder.outbound",
                            "binder.provisioning",
                            "binder.settings")),
            Map.entry("binder.backoff", Set.of()),
            Map.entry("binder.batch", Set.of()),
            Map.entry("binder.failure", Set.of("binder.backoff", "binder.gate", "binder.message", "binder.settings")),
            Map.entry("binder.gate", Set.of()),
            Map.entry("binder.health", Set.of("binder.gate", "binder.inbound")),
            Map.entry(
                    "binder.inbound",
                    Set.of(
                            "binder.backoff",
                            "binder.batch",
                            "binder.failure",
                            "binder.gate",
                            "binder.memory",
                            "binder.message",
                            "binder.metrics",
                            "binder.observation",
                            "binder.outbound",
                            "binder.settings")),
            Map.entry("binder.memory", Set.of()),
            Map.entry("binder.message", Set.of("binder.batch", "binder.metrics")),
            Map.entry("binder.metrics", Set.of("binder.batch")),
            Map.entry("binder.observation", Set.of()),
            Map.entry(
                    "binder.outbound", Set.of("binder.batch", "binder.memory", "binder.metrics", "binder.observation")),
            Map.entry("binder.provisioning", Set.of("binder.message", "binder.outbound", "binder.settings")),
            Map.entry("binder.settings", Set.of("binder.message")),
            Map.entry("cloudwatch", Set.of()),
            Map.entry("console", Set.of("console.api", "encoding", "role")),
            Map.entry(
                    "console.access",
                    Set.of(
                            "audit",
                            "console",
                            "encoding",
                            "gateway",
                            "ledger",
                            "ledger.keys",
                            "ledger.objects",
                            "role")),
            Map.entry("console.api", Set.of("role")),
            Map.entry(
                    "console.deadletters",
                    Set.of("audit", "console", "console.api", "contract.value", "deadletters", "queues", "role")),
            Map.entry(
                    "console.requests",
                    Set.of(
                            "audit",
                            "console",
                            "console.api",
                            "contract",
                            "contract.value",
                            "download",
                            "ledger",
                            "ledger.downloads",
                            "role",
                            "story")),
            Map.entry("console.web", Set.of("audit", "console", "console.access", "console.api", "queues", "role")),
            Map.entry("contract", Set.of("contract.link", "contract.value", "encoding")),
            Map.entry("contract.json", Set.of("contract", "contract.link", "contract.value", "tracing")),
            Map.entry("contract.link", Set.of("contract.value")),
            Map.entry("contract.value", Set.of()),
            Map.entry("deadletters", Set.of("contract", "ledger.objects")),
            Map.entry(
                    "deadletters.dryrun",
                    Set.of(
                            "binder.failure",
                            "binder.message",
                            "contract",
                            "contract.value",
                            "deadletters",
                            "role",
                            "source")),
            Map.entry(
                    "deadletters.redrive",
                    Set.of(
                            "binder.failure",
                            "binder.message",
                            "contract",
                            "contract.value",
                            "deadletters",
                            "deadletters.dryrun",
                            "deadletters.tasks",
                            "ledger",
                            "queues",
                            "role")),
            Map.entry(
                    "deadletters.tasks",
                    Set.of("audit", "binder.message", "deadletters", "ledger", "ledger.objects", "queues", "role")),
            Map.entry(
                    "delivery",
                    Set.of(
                            "contract",
                            "contract.value",
                            "deadletters.dryrun",
                            "delivery.mail",
                            "delivery.relay",
                            "ledger",
                            "ledger.downloads",
                            "link",
                            "role",
                            "source",
                            "storage",
                            "wording")),
            Map.entry(
                    "delivery.mail",
                    Set.of(
                            "contract",
                            "contract.value",
                            "delivery.relay",
                            "encoding",
                            "role",
                            "source",
                            "storage",
                            "wording")),
            Map.entry("delivery.relay", Set.of("ledger", "role", "tracing")),
            Map.entry("delivery.relay.ses", Set.of("delivery.relay", "role")),
            Map.entry("delivery.relay.smtp", Set.of("delivery.relay", "role")),
            Map.entry(
                    "download",
                    Set.of(
                            "contract",
                            "contract.link",
                            "contract.value",
                            "encoding",
                            "ledger.downloads",
                            "link",
                            "role",
                            "source",
                            "storage",
                            "sweep")),
            Map.entry("encoding", Set.of()),
            Map.entry(
                    "gateway",
                    Set.of("contract.value", "ledger.keys", "ledger.objects", "link", "role", "storage", "wording")),
            Map.entry(
                    "gateway.download",
                    Set.of(
                            "contract",
                            "contract.value",
                            "download",
                            "gateway",
                            "gateway.identity",
                            "ledger.downloads",
                            "link",
                            "role",
                            "storage",
                            "wording")),
            Map.entry("gateway.error", Set.of("gateway", "role", "wording")),
            Map.entry("gateway.identity", Set.of("gateway", "role", "source", "wording")),
            Map.entry(
                    "gateway.upload",
                    Set.of(
                            "contract.value",
                            "gateway",
                            "gateway.identity",
                            "ledger",
                            "link",
                            "role",
                            "source",
                            "storage",
                            "storage.multipart",
                            "upload",
                            "upload.multipart",
                            "wording")),
            Map.entry(
                    "intake",
                    Set.of(
                            "contract",
                            "contract.value",
                            "deadletters.dryrun",
                            "download",
                            "issuing",
                            "ledger",
                            "link",
                            "role",
                            "source",
                            "storage",
                            "tracing",
                            "upload")),
            Map.entry("issuing", Set.of("contract.value", "ledger.downloads", "link", "source", "storage")),
            Map.entry(
                    "ledger",
                    Set.of(
                            "contract",
                            "contract.value",
                            "ledger.downloads",
                            "ledger.keys",
                            "ledger.objects",
                            "storage")),
            Map.entry(
                    "ledger.downloads",
                    Set.of("contract", "contract.value", "encoding", "ledger.keys", "ledger.objects")),
            Map.entry("ledger.keys", Set.of("ledger.objects")),
            Map.entry("ledger.objects", Set.of("binder.backoff", "storage")),
            Map.entry("link", Set.of("contract.value", "source", "storage")),
            Map.entry("link.credentials", Set.of("contract.value", "link")),
            Map.entry(
                    "link.signing",
                    Set.of("contract.value", "encoding", "link", "link.credentials", "source", "storage")),
            Map.entry("metrics", Set.of("contract", "contract.value")),
            Map.entry("operations", Set.of("aws", "binder.failure", "ledger.keys", "queues", "role", "source")),
            Map.entry("queues", Set.of()),
            Map.entry("queues.pause", Set.of("binder.failure", "ledger", "ledger.objects", "queues", "role")),
            Map.entry(
                    "queues.sampling",
                    Set.of("binder", "binder.failure", "binder.gate", "binder.inbound", "queues", "role")),
            Map.entry("role", Set.of()),
            Map.entry("source", Set.of("contract.value", "storage")),
            Map.entry("storage", Set.of("aws", "contract.value", "encoding")),
            Map.entry("storage.multipart", Set.of("aws", "contract.value")),
            Map.entry(
                    "story",
                    Set.of(
                            "contract",
                            "contract.link",
                            "contract.value",
                            "deadletters",
                            "deadletters.dryrun",
                            "download",
                            "ledger",
                            "ledger.downloads",
                            "queues",
                            "role",
                            "source",
                            "storage")),
            Map.entry("sweep", Set.of("role")),
            Map.entry("tracing", Set.of("binder.observation", "contract", "contract.value")),
            Map.entry(
                    "upload",
                    Set.of(
                            "contract",
                            "contract.value",
                            "encoding",
                            "issuing",
                            "ledger",
                            "link",
                            "role",
                            "source",
                            "storage",
                            "storage.multipart",
                            "sweep")),
            Map.entry(
                    "upload.multipart",
                    Set.of(
                            "contract.value",
                            "encoding",
                            "ledger",
                            "link",
                            "role",
                            "source",
                            "storage.multipart",
                            "upload")),
            Map.entry("wording", Set.of("encoding")));

    @Test
    void everyPackageUsesExactlyThosePackagesThatItMay() {
        Map<String, Set<String>> used = new TreeMap<>();
        for (JavaClass type : CLASSES) {
            Set<String> others = used.computeIfAbsent(name(type), any -> new TreeSet<>());
            type.getDirectDependenciesFromSelf().stream()
                    .map(dependency -> dependency.getTargetClass().getBaseComponentType())
                    .filter(target -> target.getPackageName().startsWith("dev.attache"))
                    .map(PackageDependenciesTests::name)
                    .filter(target -> !target.equals(name(type)))
                    .forEach(others::add);
        }
        used.remove("");

        assertThat(used).isEqualTo(new TreeMap<>(ALLOWED));
    }

    @Test
    void noPackagesUseEachOther() {
        SlicesRuleDefinition.slices()
                .matching("dev.attache.(**)")
                .should()
                .beFreeOfCycles()
                .check(CLASSES);
    }

    @Test
    void noPackageHasMoreThan25Files() throws IOException {
        assertThat(files())
                .allSatisfy(
                        (directory, files) -> assertThat(files).as(directory).isLessThanOrEqualTo(MOST_FILES));
    }

    @Test
    void everyPackageStatesItsPurpose() throws IOException {
        assertThat(files().keySet())
                .allSatisfy(directory -> assertThat(
                                Files.readString(SOURCES.resolve(directory).resolve("package-info.java")))
                        .startsWith("/**")
                        .contains("@NullMarked"));
    }

    /** Directories that hold Java files, and how many. */
    private static Map<String, Integer> files() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            Map<String, Integer> counts = new TreeMap<>();
            files.filter(file -> file.toString().endsWith(".java"))
                    .forEach(file ->
                            counts.merge(SOURCES.relativize(file.getParent()).toString(), 1, Integer::sum));
            return counts;
        }
    }

    /** Without the common beginning; empty for the root package. */
    private static String name(JavaClass type) {
        return type.getPackageName().replaceFirst("^dev\\.attache\\.?", "");
    }
}
