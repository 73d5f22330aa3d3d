package dev.attache.binder;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The binder can be published alone: it does not know the application. */
class BinderIndependenceTests {

    private static final Path SOURCES = Path.of("src/main/java/dev/attache/binder");

    private static final JavaClasses BINDER = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.attache.binder");

    @Test
    void theBinderUsesNoOtherPackageOfTheApplication() {
        noClasses()
                .should()
                .dependOnClassesThat(
                        resideInAPackage("dev.attache..").and(not(resideInAPackage("dev.attache.binder.."))))
                .check(BINDER);
    }

    @Test
    void theBinderUsesNoLibraryOfTheApplicationOnly() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.springframework.modulith..", "io.github.resilience4j..")
                .check(BINDER);
    }

    /** Package names aside, in code, comments and messages. */
    @Test
    void theSourcesOfTheBinderDoNotNameTheApplication() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            List<Path> sources =
                    files.filter(file -> file.toString().endsWith(".java")).toList();
            assertThat(sources).isNotEmpty();
            for (Path source : sources) {
                String text = Files.readString(source).replace("dev.attache.binder", "");
                assertThat(text.toLowerCase(Locale.ROOT)).as(source.toString()).doesNotContain("attache", "attaché");
            }
        }
    }
}
