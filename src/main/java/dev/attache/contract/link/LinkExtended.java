package dev.attache.contract.link;

import dev.attache.contract.value.ObjectRef;
import dev.attache.contract.value.Recipient;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Data of {@code link.extended}: download pages live longer. It names what {@code link.extend.requested} names: a
 * request, a recipient or an object.
 *
 * @param requestId the id of the request; null if another target is named
 * @param recipient the address of the recipient; null if another target is named
 * @param object the object; null if another target is named
 * @param eventId the id of the event that extended them
 * @param until when they expire, unless they expire later anyway or their files expire earlier
 */
public record LinkExtended(
        @Nullable String requestId,
        @Nullable Recipient recipient,
        @Nullable ObjectRef object,
        String eventId,
        Instant until) {

    public LinkExtended {
        recipient = recipient == null ? null : new Recipient(recipient.address());
    }

    /** Does not contain the address. */
    @Override
    public String toString() {
        return "LinkExtended[requestId=" + requestId + ", object=" + object + ", eventId=" + eventId + ", until="
                + until + "]";
    }
}
