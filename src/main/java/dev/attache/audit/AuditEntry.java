package dev.attache.audit;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One action, or how it ended.
 *
 * @param at when it was recorded
 * @param actor who acted; the name with which the operator signed in
 * @param action such as {@code dead-letters.replay}
 * @param target what was acted on, such as a queue
 * @param count how many things it was about; null if that is unknown or does not apply
 * @param details further facts by name; no mail addresses, no URLs
 */
public record AuditEntry(
        Instant at,
        String actor,
        String action,
        String target,
        @Nullable Long count,
        Map<String, String> details) {

    public AuditEntry {
        details = Map.copyOf(details);
    }

    /** An entry without a count. */
    public static AuditEntry of(Instant at, String actor, String action, String target, Map<String, String> details) {
        return new AuditEntry(at, actor, action, target, null, details);
    }

    /** The details in the order of their names. */
    public Map<String, String> sortedDetails() {
        return new TreeMap<>(details);
    }
}
