package dev.attache.deadletters.tasks;

import java.time.Instant;
import java.util.UUID;
import tools.jackson.databind.json.JsonMapper;

/**
 * The content of a lease's object.
 *
 * @param by who started the task
 * @param since when the task got the lease
 * @param owner a random id of the instance's hold, so that no two writes are equal
 * @param renewedAt by the instance's clock; used if S3 does not state the age of the object
 */
record LeaseContent(State state, UUID task, String by, Instant since, String owner, long renewals, Instant renewedAt) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** The state of a lease. */
    enum State {
        HELD,
        /** Its instance has stopped in an orderly way; the task has not ended. */
        LEFT,
        FREE
    }

    static LeaseContent held(UUID task, String by, Instant since, Instant now) {
        return new LeaseContent(State.HELD, task, by, since, UUID.randomUUID().toString(), 0, now);
    }

    static LeaseContent read(byte[] content) {
        return JSON.readValue(content, LeaseContent.class);
    }

    byte[] bytes() {
        return JSON.writeValueAsBytes(this);
    }

    LeaseContent written(State next, Instant now) {
        return new LeaseContent(next, task, by, since, owner, renewals + 1, now);
    }

    boolean isFree() {
        return state == State.FREE;
    }
}
