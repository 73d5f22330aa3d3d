package dev.attache.upload;

import dev.attache.ledger.DueUploads;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;

/** A due index in memory whose calls may fail. As in S3, a marker is known by its minute and id. */
final class FaultyDue implements DueUploads {

    final TreeSet<Due> markers = new TreeSet<>(Comparator.comparing(Due::minute).thenComparing(Due::id));

    private final Faults faults;

    FaultyDue(Faults faults) {
        this.faults = faults;
    }

    @Override
    public List<Due> until(Instant time, int limit) {
        return markers.stream()
                .filter(due -> due.minute().plus(1, ChronoUnit.MINUTES).isBefore(time))
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
    public void add(UUID id, Instant expiresAt) {
        faults.mayFail(() -> markers.add(marker(new Due(expiresAt, id))));
    }

    @Override
    public int count(int most) {
        return Math.min(markers.size(), most);
    }

    @Override
    public void remove(Due due) {
        faults.mayFail(() -> markers.remove(marker(due)));
    }

    private static Due marker(Due due) {
        return new Due(due.minute().truncatedTo(ChronoUnit.MINUTES), due.id());
    }
}
