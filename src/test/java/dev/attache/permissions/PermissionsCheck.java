package dev.attache.permissions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Compares the AWS calls of all integration tests of a build with the policies in {@code infra/policies}. The build
 * runs it after all other tests, in a separate JVM.
 */
class PermissionsCheck {

    private final Set<RecordedCall> calls =
            CallRecords.folder().map(CallRecords::read).orElse(Set.of());

    @Test
    void thePoliciesAllowEveryCall() {
        assertThat(Installation.comparison(calls).refused()).isEmpty();
    }

    @Test
    void everyPermissionIsUsed() throws IOException {
        assumeTrue(
                System.getProperty("only-tests", "").isEmpty()
                        && System.getProperty("all-tests", "true").equals("true"),
                "Only some tests were run");
        assumeTrue(
                System.getProperty("aws", "embedded").equals("embedded"),
                "Other services than the embedded ones lack what some tests need");
        assumeTrue(othersSucceeded(), "Other tests failed, and may not have made all of their calls");

        assertThat(calls).as("recorded calls").isNotEmpty();
        assertThat(Installation.comparison(calls).unused()).isEmpty();
    }

    /** By the summary of the integration tests that have run. */
    private static boolean othersSucceeded() throws IOException {
        String summary = Files.readString(Path.of("target", "failsafe-reports", "failsafe-summary.xml"));
        return summary.contains("<errors>0</errors>") && summary.contains("<failures>0</failures>");
    }
}
