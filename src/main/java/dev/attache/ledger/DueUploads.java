package dev.attache.ledger;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * When the open uploads are due: for each a marker, ordered by the time until which a link may be signed. An upload has
 * its marker from before anybody is told of it until whoever looks after it takes the marker away.
 */
public interface DueUploads {

    /** Those whose time was over by then, the longest overdue first. */
    List<Due> until(Instant time, int limit);

    /** The same, from the one after {@code last} on. */
    List<Due> untilAfter(Due last, Instant time, int limit);

    /** Takes the marker away; it may be gone already. */
    void remove(Due due);

    /**
     * A marker.
     *
     * @param minute the upload's {@code expiresAt}, cut to minutes
     * @param id the upload's
     */
    record Due(Instant minute, UUID id) {}
}
