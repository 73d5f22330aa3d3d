package dev.attache.intake;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;

/**
 * Knows the objects under {@code uploads/} that nobody has uploaded: somebody copies them, when a bucket is
 * re-encrypted in place for instance, or S3 replicates them. They are acknowledged, and counted in the meter
 * {@code attache.uploads.copies}, by reason, which is there with zero from the start.
 */
final class CopiedObjects {

    private final Counter copies;

    private final Counter replicas;

    private final Counter others;

    CopiedObjects(MeterRegistry meters) {
        this.copies = counter(meters, "copy");
        this.replicas = counter(meters, "replica");
        this.others = counter(meters, "other");
    }

    private static Counter counter(MeterRegistry meters, String reason) {
        return Counter.builder("attache.uploads.copies")
                .tag("reason", reason)
                .description("Objects under uploads/ that were created by other means than an upload")
                .register(meters);
    }

    /**
     * Counts an object that was created by another operation than those that upload a file (Amazon S3 User Guide,
     * "Event notification types and destinations").
     *
     * @param operation as S3's notification names it; absent where it names none, which is no copy
     * @return whether it was
     */
    boolean counted(@Nullable String operation) {
        return switch (operation) {
            case null -> false;
            case "Put", "Post", "CompleteMultipartUpload" -> false;
            case "Copy" -> {
                copies.increment();
                yield true;
            }
            default -> {
                others.increment();
                yield true;
            }
        };
    }

    /** Counts a replica, of which S3 tells as of an upload. */
    void replica() {
        replicas.increment();
    }
}
