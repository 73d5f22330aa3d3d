package dev.attache.contract;

/**
 * Data of {@code attachment.requested.part}: a part of a large audience, from the worker to itself.
 *
 * @param requestId the id of the event that named the audience
 * @param offset the place of this part's first recipient in the whole audience, counted from 0: what is derived for a
 *     recipient stays the same however the audience is cut
 * @param request that event's data with this part's recipients in it, 1 to 500, and no {@code recipientList}
 */
public record AudiencePart(String requestId, long offset, AttachmentRequested request) {}
