package dev.attache.contract.link;

import dev.attache.contract.value.AttachmentRef;
import dev.attache.contract.value.Recipient;
import org.jspecify.annotations.Nullable;

/**
 * Data of {@code link.revoke.requested}: links of a request, to a recipient or to an object must stop working. Exactly
 * one of them is named.
 *
 * @param requestId the id of the request; null if another target is named
 * @param recipient the address of the recipient; null if another target is named
 * @param object the object; null if another target is named
 */
public record LinkRevokeRequested(
        @Nullable String requestId,
        @Nullable Recipient recipient,
        @Nullable AttachmentRef object) {}
