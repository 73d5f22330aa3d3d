package dev.attache.upload;

import dev.attache.ledger.DueUploads;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** A due index in memory. Tests add markers in order. */
public final class DueInMemory implements DueUploads {

    public final List<Due> markers = new ArrayList<>();

    public void add(Instant minute, UUID id) {
        add(id, minute);
    }

    @Override
    public void add(UUID id, Instant expiresAt) {
        markers.add(new Due(expiresAt, id));
    }

    @Override
    public List<Due> until(Instant time, int limit) {
        return markers.stream()
                .filter(due -> due.minute().isBefore(time))
                .limit(limit)
                .toList();
    }

    @Override
    public List<Due> untilAfter(Due last, Instant time, int limit) {
        return until(time, Integer.MAX_VALUE).stream()
                .filter(due -> due.minute().isAfter(last.minute()))
                .limit(limit)
                .toList();
    }

    @Override
    public int count(int most) {
        return Math.min(markers.size(), most);
    }

    @Override
    public void remove(Due due) {
        markers.remove(due);
    }
}
