package dev.attache.deadletters;

import java.time.Instant;
import java.util.UUID;

/** Another task uses the dead-letter queue. */
public final class LeaseHeldException extends RuntimeException {

    private final String holder;

    private final UUID task;

    private final Instant since;

    /** @param holder who started the other task */
    public LeaseHeldException(String queue, String holder, UUID task, Instant since) {
        super("%s is used by a task that %s started at %s: wait until it has ended, or cancel it"
                .formatted(queue, holder, since));
        this.holder = holder;
        this.task = task;
        this.since = since;
    }

    public String holder() {
        return holder;
    }

    public UUID task() {
        return task;
    }

    public Instant since() {
        return since;
    }
}
