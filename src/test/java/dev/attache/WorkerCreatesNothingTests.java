package dev.attache;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Queues, topics and buckets are created with the infrastructure: a worker that created missing ones would hide a
 * misspelt name.
 */
class WorkerCreatesNothingTests {

    private static final Set<String> CREATING = Set.of("createQueue", "createTopic", "subscribe", "createBucket");

    private static final JavaClasses WORKER = ArchConfiguration.withThreadLocalScope(configuration -> {
        // The rules need the names of the SDK's classes, not their content.
        configuration.setResolveMissingDependenciesFromClassPath(false);
        return new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("dev.attache");
    });

    @Test
    void noClassCreatesAwsResources() {
        noClasses()
                .should()
                .accessTargetWhere(describe("AWS creates something", WorkerCreatesNothingTests::creates))
                .check(WORKER);
    }

    private static boolean creates(JavaAccess<?> access) {
        return access.getTargetOwner().getPackageName().startsWith("software.amazon.awssdk")
                && CREATING.contains(access.getName());
    }

    /** The templates of Spring Cloud AWS create a missing queue or topic. */
    @Test
    void noClassUsesATemplateThatCreatesMissingResources() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.awspring.cloud.sqs.operations..", "io.awspring.cloud.sns.core..")
                .check(WORKER);
    }
}
