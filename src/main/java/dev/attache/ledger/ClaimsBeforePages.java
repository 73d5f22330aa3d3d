package dev.attache.ledger;

import dev.attache.ledger.objects.ConditionalObjects;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Whether the ledger may contain claims of a release without download pages, whose paths differ. Until they have
 * expired, a claim on a mail with a page is looked up at both paths; otherwise a request that is received again after
 * the upgrade would be mailed again.
 *
 * <p>The first worker with download pages records whether there are any claims yet.
 */
final class ClaimsBeforePages {

    /** How long releases without pages kept claims, after their last change. */
    private static final Duration KEPT = Duration.ofDays(30);

    private static final byte[] SOME = "some".getBytes(StandardCharsets.US_ASCII);

    private static final byte[] NONE = "none".getBytes(StandardCharsets.US_ASCII);

    private final ConditionalObjects objects;

    private final String key;

    private final BooleanSupplier anyClaims;

    /** The first answer. Claims may expire while the worker runs; looking for them is then needless, but harmless. */
    private volatile Optional<Boolean> known = Optional.empty();

    /**
     * @param keysPrefix the folder of keys, whose objects do not expire
     * @param anyClaims whether there are any claims now
     */
    ClaimsBeforePages(ConditionalObjects objects, String keysPrefix, BooleanSupplier anyClaims) {
        this.objects = objects;
        this.key = keysPrefix + "claims-before-pages";
        this.anyClaims = anyClaims;
    }

    /** Calls S3 at the first use only. */
    boolean mayExist() {
        Optional<Boolean> answer = known;
        if (answer.isEmpty()) {
            answer = Optional.of(ask());
            known = answer;
        }
        return answer.get();
    }

    private boolean ask() {
        Optional<ConditionalObjects.Stored> recorded = objects.get(key);
        if (recorded.isPresent()) {
            Duration age = recorded.get().age();
            return Arrays.equals(recorded.get().content(), SOME) && (age == null || age.compareTo(KEPT) < 0);
        }
        boolean any = anyClaims.getAsBoolean();
        // If another worker has recorded an answer meanwhile, ours is as good: it is the same, or more cautious.
        objects.putIfAbsent(key, any ? SOME : NONE, "text/plain");
        return any;
    }
}
