package dev.attache.audit;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some entries, the newest first.
 *
 * @param older pass it to {@link AuditLog#latest} to get the entries before these; null if there are none
 */
public record AuditPage(List<AuditEntry> entries, @Nullable String older) {

    public AuditPage {
        entries = List.copyOf(entries);
    }
}
