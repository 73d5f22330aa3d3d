package dev.attache.delivery;

import dev.attache.contract.ContentDigest;
import dev.attache.contract.value.RejectedException;
import dev.attache.ledger.ClaimKey;
import dev.attache.ledger.Claims;
import dev.attache.ledger.Claims.Acceptance;
import dev.attache.ledger.downloads.IssuedPage;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Claims whose state a test can read. Their leases expire at once. */
final class InMemoryClaims implements Claims {

    /** {@code sending}, {@code sent} or {@code free}, by delivery. */
    final Map<String, String> states = new ConcurrentHashMap<>();

    /** The keys of all claims, with the pages that were stored with them. */
    final Map<ClaimKey, Optional<IssuedPage>> pages = new ConcurrentHashMap<>();

    /** What relays replied, by delivery. */
    final Map<String, Acceptance> accepted = new ConcurrentHashMap<>();

    private final Map<String, String> contents = new ConcurrentHashMap<>();

    @Override
    public Optional<Claim> take(ClaimKey key, @Nullable String contentDigest, @Nullable IssuedPage page) {
        String deliveryId = key.deliveryId();
        pages.put(key, Optional.ofNullable(page));
        if (contentDigest != null
                && !"free".equals(states.get(deliveryId))
                && ContentDigest.differ(contents.get(deliveryId), contentDigest)) {
            throw RejectedException.idReused("Another mail has this id", contentDigest);
        }
        if (contentDigest != null) {
            contents.put(deliveryId, contentDigest);
        }
        if ("sent".equals(states.get(deliveryId))) {
            return Optional.empty();
        }
        boolean takenOver = "sending".equals(states.put(deliveryId, "sending"));
        return Optional.of(new Claim() {

            @Override
            public boolean takenOver() {
                return takenOver;
            }

            @Override
            public Duration lease() {
                return Duration.ofMinutes(15);
            }

            @Override
            public void sent(@Nullable Acceptance accepted) {
                states.put(deliveryId, "sent");
                if (accepted != null) {
                    InMemoryClaims.this.accepted.put(deliveryId, accepted);
                }
            }

            @Override
            public void release() {
                states.put(deliveryId, "free");
            }
        });
    }
}
