package dev.attache.queues.pause;

import dev.attache.queues.PauseFlags;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * The record of all pauses in the ledger.
 *
 * @param writtenAt when it was last written
 * @param pauses by name of the queue
 */
record PausedInputs(Instant writtenAt, Map<String, PauseFlags.Pause> pauses) {

    static final PausedInputs NONE = new PausedInputs(Instant.EPOCH, Map.of());

    /** S3 deletes objects of the ledger 108 days after their last write (infra/topology.yaml). */
    private static final Duration RENEWED_AFTER = Duration.ofDays(30);

    PausedInputs {
        pauses = Map.copyOf(pauses);
    }

    PausedInputs with(String queue, PauseFlags.Pause pause, Instant now) {
        PauseFlags.Pause before = pauses.get(queue);
        Instant since = before == null ? pause.since() : before.since();
        Map<String, PauseFlags.Pause> changed = new TreeMap<>(pauses);
        changed.put(queue, new PauseFlags.Pause(since, pause.by(), pause.reason()));
        return changed.equals(pauses) ? this : new PausedInputs(now, changed);
    }

    PausedInputs without(String queue, Instant now) {
        if (!pauses.containsKey(queue)) {
            return this;
        }
        Map<String, PauseFlags.Pause> changed = new TreeMap<>(pauses);
        changed.remove(queue);
        return new PausedInputs(now, changed);
    }

    /** Whether it has to be written again, so that S3 does not delete it while something is paused. */
    boolean isOld(Instant now) {
        return !pauses.isEmpty() && writtenAt.plus(RENEWED_AFTER).isBefore(now);
    }

    PausedInputs writtenAgain(Instant now) {
        return isOld(now) ? new PausedInputs(now, pauses) : this;
    }
}
