package dev.attache.deadletters;

import java.time.Instant;

/**
 * The letters of a queue with the same code and source.
 *
 * @param code {@link #NO_CODE} for letters without one
 * @param source the source of the events; {@link #UNKNOWN_SOURCE} for letters without one
 * @param first when the first of them failed
 * @param last when the last of them failed
 * @param nextDeleted when SQS deletes the first of them
 */
public record Group(
        String queue, String code, String source, int count, Instant first, Instant last, Instant nextDeleted) {

    public static final String NO_CODE = "NONE";

    public static final String UNKNOWN_SOURCE = "unknown";
}
