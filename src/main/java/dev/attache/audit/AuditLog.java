package dev.attache.audit;

import org.jspecify.annotations.Nullable;

/**
 * What operators did. An action is recorded before it is done, and a second entry says how it ended; an action that
 * cannot be recorded must not be done.
 */
public interface AuditLog {

    /**
     * Stores an entry.
     *
     * @throws AuditUnavailableException if it could not be stored
     */
    void record(AuditEntry entry);

    /**
     * Reads entries, the newest first.
     *
     * @param limit the most entries
     * @param older where to continue, from {@link AuditPage#older}; null for the newest
     * @param containing a text that the actor, the action, the target or a detail contains, in any case; empty for all
     * @throws AuditUnavailableException if the entries could not be read
     */
    AuditPage latest(int limit, @Nullable String older, String containing);
}
