package dev.attache.ledger;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * The due index: a marker for each open upload, ordered by the upload's expiry. The marker is written before the
 * upload's link is published, and removed after the events about its result are published.
 */
public interface DueUploads {

    /** The markers of uploads that had expired at this time, the earliest first. */
    List<Due> until(Instant time, int limit);

    /** As {@link #until}, but only markers after {@code last}. */
    List<Due> untilAfter(Due last, Instant time, int limit);

    /** How many markers there are, at most {@code most}: of uploads that are open, or whose end is not announced. */
    int count(int most);

    /** Writes the marker of an upload that expires later than before. The earlier marker is kept. */
    void add(UUID id, Instant expiresAt);

    /** Removes the marker. Does nothing if it does not exist. */
    void remove(Due due);

    /**
     * A marker.
     *
     * @param minute the upload's {@code expiresAt}, truncated to minutes
     * @param id the upload's id
     */
    record Due(Instant minute, UUID id) {}
}
