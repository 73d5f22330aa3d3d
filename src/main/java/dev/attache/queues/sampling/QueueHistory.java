package dev.attache.queues.sampling;

import dev.attache.queues.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;

/**
 * The samples of the last hour: all of the last ten minutes, and before that one a minute. Its size is bounded whatever
 * the interval is.
 */
final class QueueHistory {

    private static final Duration RECENT = Duration.ofMinutes(10);

    private static final Duration ALL = Duration.ofHours(1);

    private static final Duration RESOLUTION = Duration.ofMinutes(1);

    /** Ten minutes of one sample a second. */
    private static final int MOST_RECENT = 600;

    /** The oldest first. {@code this} guards both. */
    private final Deque<Sample> recent = new ArrayDeque<>();

    private final Deque<Sample> older = new ArrayDeque<>();

    synchronized void add(Sample sample) {
        recent.addLast(sample);
        Instant begin = sample.at().minus(RECENT);
        while (recent.size() > MOST_RECENT || recent.getFirst().at().isBefore(begin)) {
            retire(recent.removeFirst());
        }
        Instant oldest = sample.at().minus(ALL);
        while (!older.isEmpty() && older.getFirst().at().isBefore(oldest)) {
            older.removeFirst();
        }
    }

    private void retire(Sample sample) {
        if (older.isEmpty() || !sample.at().isBefore(older.getLast().at().plus(RESOLUTION))) {
            older.addLast(sample);
        }
    }

    synchronized List<Sample> samples() {
        return Stream.concat(older.stream(), recent.stream()).toList();
    }
}
