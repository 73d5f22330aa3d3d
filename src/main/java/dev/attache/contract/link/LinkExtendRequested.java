package dev.attache.contract.link;

import dev.attache.contract.value.AttachmentRef;
import dev.attache.contract.value.Recipient;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Data of {@code link.extend.requested}: download pages of a request, of a recipient or with an object must live
 * longer. Exactly one of them is named.
 *
 * @param requestId the id of the request; null if another target is named
 * @param recipient the address of the recipient; null if another target is named
 * @param object the object; null if another target is named
 * @param until when they shall expire
 */
public record LinkExtendRequested(
        @Nullable String requestId,
        @Nullable Recipient recipient,
        @Nullable AttachmentRef object,
        Instant until) {}
