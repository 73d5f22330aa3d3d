package dev.attache;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;
import org.junit.platform.commons.annotation.Testable;
import org.springframework.boot.test.context.SpringBootTest;

/** What keeps {@code ./mvnw test} fast, and lets no test be forgotten. */
class TestConventionsTests {

    private static final JavaClasses TESTS = new ClassFileImporter()
            .withImportOption(new ImportOption.OnlyIncludeTests())
            .importPackages("dev.attache");

    private static final DescribedPredicate<JavaClass> UNIT_TESTS =
            are(simpleNameEndingWith("Tests")).as("are unit tests");

    /** Surefire runs {@code *Tests}, Failsafe {@code *IT}; LogsCheck and PermissionsCheck have one of their own. */
    @Test
    void theBuildRunsEveryTest() {
        methods()
                .that()
                .areMetaAnnotatedWith(Testable.class)
                .and()
                .areDeclaredInClassesThat()
                .areTopLevelClasses()
                .should()
                .beDeclaredInClassesThat()
                .haveNameMatching(".*(Tests|IT|\\.LogsCheck|\\.PermissionsCheck)")
                .check(TESTS);
    }

    @Test
    void unitTestsUseNeitherTheSandboxNorServersNorBrowsers() {
        noClasses()
                .that(UNIT_TESTS)
                .and()
                .resideOutsideOfPackage("dev.attache.sandbox..")
                .should()
                .dependOnClassesThat(resideInAPackage("dev.attache.sandbox.."))
                .orShould()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "com.icegreen.greenmail..",
                        "com.microsoft.playwright..",
                        "org.elasticmq..",
                        "org.gaul.s3proxy..",
                        "org.testcontainers..")
                .because("./mvnw test is the fast loop; a test that needs a server is an integration test, *IT")
                .check(TESTS);
    }

    /** The functions on Spring's test binder need the application; one start is what the fast loop can afford. */
    @Test
    void unitTestsDoNotStartTheApplication() {
        noClasses()
                .that(UNIT_TESTS)
                .and()
                .doNotBelongToAnyOf(FunctionsOnTheTestBinderTests.class)
                .should()
                .beMetaAnnotatedWith(SpringBootTest.class)
                .because("./mvnw test is the fast loop; a test of the whole application is an integration test, *IT")
                .check(TESTS);
    }

    /** The load generator paces its requests. */
    @Test
    void testsDoNotSleep() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName("dev.attache.reliability.hostile.PageFlood")
                .should()
                .callMethodWhere(DescribedPredicate.describe(
                        "target is a sleep", call -> call.getTarget().getName().equals("sleep")))
                .because("Awaitility waits for a condition, and no longer than needed")
                .check(TESTS);
    }
}
