package dev.attache.delivery;

import dev.attache.ledger.downloads.DueDownloads;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Records the markers that are written. */
final class RecordingDueDownloads implements DueDownloads {

    final List<Due> added = new ArrayList<>();

    @Override
    public void add(Due due) {
        added.add(due);
    }

    @Override
    public void remove(Due due) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Due> until(Instant time, int limit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Due> untilAfter(Due last, Instant time, int limit) {
        throw new UnsupportedOperationException();
    }
}
