package dev.attache.deadletters.tasks;

import java.time.Instant;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** Ids of tasks: UUIDs of version 7 (RFC 9562), so that S3 lists tasks in the order in which they were started. */
final class TaskIds {

    private TaskIds() {}

    static UUID at(Instant time, RandomGenerator random) {
        long high = (time.toEpochMilli() << 16) | 0x7000L | (random.nextLong() & 0xFFFL);
        long low = (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }
}
