package dev.attache.contract;

/**
 * Data of {@code attachment.requested.part}: a part of a large audience. The worker sends these events to itself.
 *
 * @param requestId the id of the event with the recipient list
 * @param offset the position of this part's first recipient in the audience, from 0. The part's id is derived from it
 * @param request the data of that event with the recipients of this part, 1 to 500, instead of {@code recipientList}
 */
public record AudiencePart(String requestId, long offset, AttachmentRequested request) {}
