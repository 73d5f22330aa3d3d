package dev.attache.queues;

import java.time.Instant;

/** The depth of a queue at one time. */
public record Sample(Instant at, long visible, long inFlight) {}
