package dev.attache.queues.pause;

import dev.attache.binder.failure.AwsErrorKind;
import dev.attache.ledger.objects.JsonRecords;
import dev.attache.queues.PauseFlags;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.AbortedException;

/**
 * The pauses as one JSON object in the ledger. While it cannot be read, the last known pauses apply: an outage of S3
 * neither pauses nor resumes an input.
 */
final class LedgerPauseFlags implements PauseFlags {

    private static final Logger log = LoggerFactory.getLogger(LedgerPauseFlags.class);

    private final JsonRecords<PausedInputs> records;

    private final String key;

    private final Set<String> inputs;

    private final Clock clock;

    private volatile PausedInputs known = PausedInputs.NONE;

    private volatile @Nullable Problem problem;

    /** Called with each change of the known pauses. */
    private volatile Runnable listener = () -> {};

    /** Why the pauses could not be read, and since when. */
    record Problem(Instant since, String cause) {}

    /**
     * @param key of the object
     * @param inputs the names of the queues whose inputs can be paused
     */
    LedgerPauseFlags(JsonRecords<PausedInputs> records, String key, Set<String> inputs, Clock clock) {
        this.records = records;
        this.key = key;
        this.inputs = Set.copyOf(inputs);
        this.clock = clock;
    }

    void onChange(Runnable changed) {
        listener = changed;
    }

    /** Reads the pauses. Throws nothing: a failure is logged once, and is the {@link #problem()} until a read works. */
    void refresh() {
        try {
            PausedInputs read = records.find(key);
            if (read.isOld(clock.instant())) {
                read = records.change(key, stored -> stored.writtenAgain(clock.instant()));
            }
            if (problem != null) {
                problem = null;
                log.info("The paused inputs can be read from the ledger again");
            }
            set(read);
        } catch (AbortedException stopping) {
            log.debug("The read of the paused inputs was interrupted");
        } catch (RuntimeException e) {
            unreadable(e);
        }
    }

    private void unreadable(RuntimeException error) {
        if (problem == null) {
            String cause = AwsErrorKind.describe(error);
            problem = new Problem(clock.instant(), cause);
            log.warn(
                    "The paused inputs cannot be read from the ledger ({}): {}. What was paused stays paused, and the"
                            + " rest stays active, until it can be read",
                    key,
                    cause);
        }
    }

    private void set(PausedInputs read) {
        boolean changed = !read.pauses().equals(known.pauses());
        known = read;
        if (changed) {
            listener.run();
        }
    }

    /** Why the last read failed; empty if it succeeded. */
    Optional<Problem> problem() {
        return Optional.ofNullable(problem);
    }

    @Override
    public Map<String, Pause> all() {
        return known.pauses();
    }

    @Override
    public void pause(String queue, String by, String reason) {
        if (!inputs.contains(queue)) {
            throw new IllegalArgumentException(
                    "No input of this worker receives from %s, so it cannot be paused; the inputs are %s"
                            .formatted(queue, inputs.stream().sorted().toList()));
        }
        Instant now = clock.instant();
        Pause pause = new Pause(now, by, reason);
        set(records.change(key, stored -> stored.with(queue, pause, now)));
        log.info("{} has paused the input of {} on all workers: {}", by, queue, reason);
    }

    @Override
    public void resume(String queue, String by) {
        Instant now = clock.instant();
        set(records.change(key, stored -> stored.without(queue, now)));
        log.info("{} has resumed the input of {} on all workers", by, queue);
    }
}
