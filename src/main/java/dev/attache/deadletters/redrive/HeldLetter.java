package dev.attache.deadletters.redrive;

import java.time.Instant;

/**
 * A letter that a task has received and that others cannot receive.
 *
 * @param receiptHandle of the last receive
 * @param until when it becomes visible again unless that is extended
 */
record HeldLetter(String id, String receiptHandle, Instant until) {

    HeldLetter until(Instant later) {
        return new HeldLetter(id, receiptHandle, later);
    }
}
