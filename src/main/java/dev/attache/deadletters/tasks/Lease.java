package dev.attache.deadletters.tasks;

import dev.attache.deadletters.tasks.LeaseContent.State;
import dev.attache.ledger.objects.ConditionalObjects;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** A lease on a dead-letter queue that this instance holds. */
final class Lease {

    private final ConditionalObjects objects;

    private final String key;

    private final String queue;

    private final Duration time;

    private final Clock clock;

    private final boolean afterCrash;

    private LeaseContent content;

    private String eTag;

    private volatile Instant renewedAt;

    /**
     * @param time after which it may be taken over if it is not renewed
     * @param afterCrash whether another instance held it and did not leave it in an orderly way
     */
    Lease(
            ConditionalObjects objects,
            String key,
            String queue,
            Duration time,
            Clock clock,
            boolean afterCrash,
            LeaseContent content,
            String eTag) {
        this.objects = objects;
        this.key = key;
        this.queue = queue;
        this.time = time;
        this.clock = clock;
        this.afterCrash = afterCrash;
        this.content = content;
        this.eTag = eTag;
        this.renewedAt = content.renewedAt();
    }

    String queue() {
        return queue;
    }

    synchronized UUID task() {
        return content.task();
    }

    boolean isAfterCrash() {
        return afterCrash;
    }

    /** Whether it is time to renew it. */
    boolean isDue() {
        return !clock.instant().isBefore(renewedAt.plus(time.dividedBy(3)));
    }

    /** Whether another instance may take it over soon. */
    boolean isAboutToExpire() {
        return !clock.instant().isBefore(renewedAt.plus(time.multipliedBy(2).dividedBy(3)));
    }

    /** Renews the lease. Returns false if another instance has taken it over. */
    boolean renew() {
        return write(State.HELD);
    }

    /** The task has ended. */
    void release() {
        var _ = write(State.FREE);
    }

    /** The task is to be resumed by another instance. */
    void leave() {
        var _ = write(State.LEFT);
    }

    private synchronized boolean write(State state) {
        Instant now = clock.instant();
        LeaseContent next = content.written(state, now);
        Optional<String> written = objects.putIfMatch(key, next.bytes(), QueueLeases.CONTENT_TYPE, eTag)
                .or(() -> ownWrite(next));
        written.ifPresent(current -> {
            content = next;
            eTag = current;
            renewedAt = now;
        });
        return written.isPresent();
    }

    /** If the response to the write was lost, the SDK's retry reports that the condition is not met. */
    private Optional<String> ownWrite(LeaseContent next) {
        return objects.get(key)
                .filter(stored -> next.equals(LeaseContent.read(stored.content())))
                .map(ConditionalObjects.Stored::eTag);
    }
}
