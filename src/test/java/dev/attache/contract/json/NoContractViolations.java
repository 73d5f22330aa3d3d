package dev.attache.contract.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails a test when an application in this JVM has tried to publish an event that violates its JSON Schema. The
 * application itself only sees an unexpected exception, and retries the message. Applies to every test, because
 * {@code junit-platform.properties} enables the detection of extensions.
 */
public final class NoContractViolations implements AfterEachCallback, AfterAllCallback {

    private static final Queue<String> VIOLATIONS = new ConcurrentLinkedQueue<>();

    static void add(String violation) {
        VIOLATIONS.add(violation);
    }

    /** Removes and returns the violations found since the last call. */
    static List<String> take() {
        List<String> taken = List.copyOf(VIOLATIONS);
        VIOLATIONS.removeAll(taken);
        return taken;
    }

    @Override
    public void afterEach(ExtensionContext context) {
        requireNone();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        requireNone();
    }

    private static void requireNone() {
        assertThat(take()).as("violations in published events").isEmpty();
    }
}
