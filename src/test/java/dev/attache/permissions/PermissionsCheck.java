package dev.attache.permissions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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
    void everyPermissionIsUsed() {
        assumeTrue(
                System.getProperty("only-tests", "").isEmpty()
                        && System.getProperty("all-tests", "true").equals("true"),
                "Only some tests were run");
        assumeTrue(
                System.getProperty("aws", "embedded").equals("embedded"),
                "Other services than the embedded ones lack what some tests need");

        assertThat(calls).as("recorded calls").isNotEmpty();
        assertThat(Installation.comparison(calls).unused()).isEmpty();
    }
}
