package dev.attache.contract;

import java.util.List;

/**
 * A CloudEvents {@code type} with the record and the JSON Schema of its data.
 *
 * @param name the {@code type} in the envelope
 * @param dataType the record of its {@code data}
 * @param schema the file name of the schema of the whole message in {@code contract/}
 */
public record EventType<T>(String name, Class<T> dataType, String schema) {

    public static final EventType<AttachmentRequested> ATTACHMENT_REQUESTED =
            new EventType<>("attachment.requested", AttachmentRequested.class, "attachment-requested.json");
    public static final EventType<AudiencePart> AUDIENCE_PART =
            new EventType<>("attachment.requested.part", AudiencePart.class, "audience-part.json");
    public static final EventType<PurchaseCompleted> PURCHASE_COMPLETED =
            new EventType<>("purchase.completed", PurchaseCompleted.class, "purchase-completed.json");
    public static final EventType<LinkIssued> LINK_ISSUED =
            new EventType<>("link.issued", LinkIssued.class, "link-issued.json");
    public static final EventType<AttachmentUploaded> ATTACHMENT_UPLOADED =
            new EventType<>("attachment.uploaded", AttachmentUploaded.class, "attachment-uploaded.json");
    public static final EventType<UploadExpired> UPLOAD_EXPIRED =
            new EventType<>("upload.expired", UploadExpired.class, "upload-expired.json");
    public static final EventType<RequestRejected> REQUEST_REJECTED =
            new EventType<>("request.rejected", RequestRejected.class, "request-rejected.json");
    public static final EventType<MailFailed> MAIL_FAILED =
            new EventType<>("mail.failed", MailFailed.class, "mail-failed.json");
    public static final EventType<MailSent> MAIL_SENT = new EventType<>("mail.sent", MailSent.class, "mail-sent.json");

    /** All types. */
    public static List<EventType<?>> all() {
        return List.of(
                ATTACHMENT_REQUESTED,
                AUDIENCE_PART,
                PURCHASE_COMPLETED,
                LINK_ISSUED,
                ATTACHMENT_UPLOADED,
                UPLOAD_EXPIRED,
                REQUEST_REJECTED,
                MAIL_FAILED,
                MAIL_SENT);
    }
}
