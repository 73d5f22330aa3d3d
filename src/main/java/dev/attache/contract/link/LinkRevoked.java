package dev.attache.contract.link;

import dev.attache.contract.value.ObjectRef;
import dev.attache.contract.value.Recipient;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Data of {@code link.revoked}: links were revoked. It names what {@code link.revoke.requested} names: a request, a
 * recipient or an object.
 *
 * @param requestId the id of the request; null if another target is named
 * @param recipient the address of the recipient; null if another target is named
 * @param object the object; null if another target is named
 * @param eventId the id of the event that revoked them
 * @param revokedAt when they were revoked
 * @param signedLinksUntil until when signed links that were issued before may still work; S3 cannot revoke them
 */
public record LinkRevoked(
        @Nullable String requestId,
        @Nullable Recipient recipient,
        @Nullable ObjectRef object,
        String eventId,
        Instant revokedAt,
        Instant signedLinksUntil) {

    public LinkRevoked {
        recipient = recipient == null ? null : new Recipient(recipient.address());
    }

    /** Does not contain the address. */
    @Override
    public String toString() {
        return "LinkRevoked[requestId=" + requestId + ", object=" + object + ", eventId=" + eventId + ", revokedAt="
                + revokedAt + ", signedLinksUntil=" + signedLinksUntil + "]";
    }
}
