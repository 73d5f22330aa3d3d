package dev.attache.intake;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Counts the created objects that are acknowledged without an event, by reason: the meters
 * {@code attache.uploads.unknown} and {@code attache.uploads.copies}. All counters exist from the start, with 0.
 */
final class IgnoredObjects {

    /** Objects that are not the file of an upload. */
    private static final String UNKNOWN = "attache.uploads.unknown";

    /** Objects in an upload's folder that were not uploaded. */
    private static final String COPIES = "attache.uploads.copies";

    private static final Map<String, String> DESCRIPTIONS = Map.of(
            UNKNOWN, "Created objects that are not the file of an upload",
            COPIES, "Objects under uploads/ that were created by other means than an upload");

    private final Map<Reason, Counter> counters = new EnumMap<>(Reason.class);

    /** Why an object is ignored. */
    enum Reason {
        /** Its key does not have the form of an upload's key. */
        KEY(UNKNOWN, "key"),
        /** Its key has the id of an upload that belongs to another bucket or source. */
        ELSEWHERE(UNKNOWN, "elsewhere"),
        /** It was copied, for example to re-encrypt it. */
        COPY(COPIES, "copy"),
        /** S3 replicated it from another bucket, and its notification looks like that of an upload. */
        REPLICA(COPIES, "replica"),
        /** Another operation created it. */
        OTHER(COPIES, "other");

        private final String meter;

        private final String tag;

        Reason(String meter, String tag) {
            this.meter = meter;
            this.tag = tag;
        }

        /**
         * Why an object that was created by this operation is not an upload (Amazon S3 User Guide, "Event notification
         * types and destinations").
         *
         * @param operation its name in S3's notification, such as {@code Put}
         * @return empty if the operation uploads a file or is unknown
         */
        static Optional<Reason> ofOperation(@Nullable String operation) {
            return switch (operation) {
                case null -> Optional.empty();
                case "Put", "Post", "CompleteMultipartUpload" -> Optional.empty();
                case "Copy" -> Optional.of(COPY);
                default -> Optional.of(OTHER);
            };
        }
    }

    IgnoredObjects(MeterRegistry meters) {
        for (Reason reason : Reason.values()) {
            counters.put(
                    reason,
                    Counter.builder(reason.meter)
                            .tag("reason", reason.tag)
                            .description(DESCRIPTIONS.get(reason.meter))
                            .register(meters));
        }
    }

    void count(Reason reason) {
        Objects.requireNonNull(counters.get(reason)).increment();
    }
}
