package dev.attache.contract;

import dev.attache.contract.link.LinkDownloaded;
import dev.attache.contract.link.LinkExhausted;
import dev.attache.contract.link.LinkExpired;
import dev.attache.contract.link.LinkExtendRequested;
import dev.attache.contract.link.LinkExtended;
import dev.attache.contract.link.LinkRenewed;
import dev.attache.contract.link.LinkRevokeRequested;
import dev.attache.contract.link.LinkRevoked;
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
    public static final EventType<LinkRevokeRequested> LINK_REVOKE_REQUESTED =
            new EventType<>("link.revoke.requested", LinkRevokeRequested.class, "link-revoke-requested.json");
    public static final EventType<LinkExtendRequested> LINK_EXTEND_REQUESTED =
            new EventType<>("link.extend.requested", LinkExtendRequested.class, "link-extend-requested.json");
    public static final EventType<LinkIssued> LINK_ISSUED =
            new EventType<>("link.issued", LinkIssued.class, "link-issued.json");
    public static final EventType<AttachmentUploaded> ATTACHMENT_UPLOADED =
            new EventType<>("attachment.uploaded", AttachmentUploaded.class, "attachment-uploaded.json");
    public static final EventType<UploadExpired> UPLOAD_EXPIRED =
            new EventType<>("upload.expired", UploadExpired.class, "upload-expired.json");
    public static final EventType<UploadCompleted> UPLOAD_COMPLETED =
            new EventType<>("upload.completed", UploadCompleted.class, "upload-completed.json");
    public static final EventType<UploadDeclined> UPLOAD_DECLINED =
            new EventType<>("upload.declined", UploadDeclined.class, "upload-declined.json");
    public static final EventType<RequestRejected> REQUEST_REJECTED =
            new EventType<>("request.rejected", RequestRejected.class, "request-rejected.json");
    public static final EventType<MailFailed> MAIL_FAILED =
            new EventType<>("mail.failed", MailFailed.class, "mail-failed.json");
    public static final EventType<MailSent> MAIL_SENT = new EventType<>("mail.sent", MailSent.class, "mail-sent.json");
    public static final EventType<LinkDownloaded> LINK_DOWNLOADED =
            new EventType<>("link.downloaded", LinkDownloaded.class, "link-downloaded.json");
    public static final EventType<LinkExhausted> LINK_EXHAUSTED =
            new EventType<>("link.exhausted", LinkExhausted.class, "link-exhausted.json");
    public static final EventType<LinkRevoked> LINK_REVOKED =
            new EventType<>("link.revoked", LinkRevoked.class, "link-revoked.json");
    public static final EventType<LinkExtended> LINK_EXTENDED =
            new EventType<>("link.extended", LinkExtended.class, "link-extended.json");
    public static final EventType<LinkRenewed> LINK_RENEWED =
            new EventType<>("link.renewed", LinkRenewed.class, "link-renewed.json");
    public static final EventType<LinkExpired> LINK_EXPIRED =
            new EventType<>("link.expired", LinkExpired.class, "link-expired.json");

    /** All types. */
    public static List<EventType<?>> all() {
        return List.of(
                ATTACHMENT_REQUESTED,
                AUDIENCE_PART,
                PURCHASE_COMPLETED,
                LINK_REVOKE_REQUESTED,
                LINK_EXTEND_REQUESTED,
                LINK_ISSUED,
                ATTACHMENT_UPLOADED,
                UPLOAD_EXPIRED,
                UPLOAD_COMPLETED,
                UPLOAD_DECLINED,
                REQUEST_REJECTED,
                MAIL_FAILED,
                MAIL_SENT,
                LINK_DOWNLOADED,
                LINK_EXHAUSTED,
                LINK_REVOKED,
                LINK_EXTENDED,
                LINK_RENEWED,
                LINK_EXPIRED);
    }
}
