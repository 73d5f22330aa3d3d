package dev.attache.upload;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * Counts the objects that S3 tells of and that are no uploads of ours: the meter {@code attache.uploads.unknown}, by
 * reason. They are acknowledged, so this is all that is heard of them. It is there with zero from the start, for who
 * watches it must be able to tell "none" from "not counted".
 */
public final class UnknownUploads {

    private final Counter keys;

    private final Counter elsewhere;

    public UnknownUploads(MeterRegistry meters) {
        this.keys = counter(meters, "key");
        this.elsewhere = counter(meters, "elsewhere");
    }

    private static Counter counter(MeterRegistry meters, String reason) {
        return Counter.builder("attache.uploads.unknown")
                .tag("reason", reason)
                .description("Objects that S3 told of and that are no uploads of ours")
                .register(meters);
    }

    /** The key has not the form of one that we gave. */
    public void key() {
        keys.increment();
    }

    /** The key has the id of an upload that belongs to another bucket or source. */
    public void elsewhere() {
        elsewhere.increment();
    }
}
