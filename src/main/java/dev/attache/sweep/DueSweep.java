package dev.attache.sweep;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Gatherers;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Settles the entries of a due index in rounds. An entry that fails is left for a later round. Not safe for use by
 * several threads.
 *
 * @param <D> an entry
 */
public final class DueSweep<D> {

    private static final Logger log = LoggerFactory.getLogger(DueSweep.class);

    /** The number of consecutive failures that ends a round: they probably have a common cause. */
    private static final int FAILURES_IN_A_ROW = 10;

    private final First<D> first;

    private final Next<D> next;

    private final Predicate<D> settle;

    private final String subject;

    private final Duration grace;

    private final int limit;

    private final int parallel;

    private final Clock clock;

    /** The last entry of the previous round; null if that round reached the end of the index. */
    private @Nullable D last;

    /**
     * @param settle settles an entry, and returns whether it succeeded
     * @param subject what the entries are, such as "expired uploads"; for the log
     * @param grace the time between the minute of an entry and its settlement
     * @param limit the most entries per round
     * @param parallel how many entries are settled at the same time, 1 or more; {@code settle} must be thread-safe if
     *     it is more than 1
     */
    public DueSweep(
            First<D> first,
            Next<D> next,
            Predicate<D> settle,
            String subject,
            Duration grace,
            int limit,
            int parallel,
            Clock clock) {
        this.first = first;
        this.next = next;
        this.settle = settle;
        this.subject = subject;
        this.grace = grace;
        this.limit = limit;
        this.parallel = parallel;
        this.clock = clock;
    }

    /** Lists the entries that were due at a time, the earliest first. */
    @FunctionalInterface
    public interface First<D> {

        List<D> until(Instant time, int limit);
    }

    /** As {@link First}, but only entries after {@code last}. */
    @FunctionalInterface
    public interface Next<D> {

        List<D> untilAfter(D last, Instant time, int limit);
    }

    /**
     * Settles due entries, up to the limit of a round. The next call continues after them.
     *
     * @param stopping checked before each entry, or before each group of entries that are settled at the same time
     * @return whether more entries may be due, so that the next round should follow without a pause
     */
    public boolean sweep(BooleanSupplier stopping) {
        Instant until = clock.instant().minus(grace);
        List<D> found = last == null ? first.until(until, limit) : next.untilAfter(last, until, limit);
        int failures = 0;
        for (List<D> group :
                found.stream().gather(Gatherers.windowFixed(parallel)).toList()) {
            if (stopping.getAsBoolean()) {
                return false;
            }
            // Set even if settling fails: the next round continues after them, so that failing entries do not block
            // others.
            last = group.getLast();
            for (boolean settled : settled(group)) {
                failures = settled ? 0 : failures + 1;
            }
            if (failures >= FAILURES_IN_A_ROW) {
                log.warn("{} {} failed in a row; the others wait for the next round", failures, subject);
                return false;
            }
        }
        if (found.size() < limit) {
            last = null;
            return false;
        }
        return true;
    }

    private List<Boolean> settled(List<D> entries) {
        return parallel == 1
                ? entries.stream().map(settle::test).toList()
                : entries.stream()
                        .gather(Gatherers.mapConcurrent(parallel, settle::test))
                        .toList();
    }
}
