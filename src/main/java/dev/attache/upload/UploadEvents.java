package dev.attache.upload;

import dev.attache.contract.AttachmentUploaded;
import dev.attache.contract.CloudEvent;
import dev.attache.contract.EventType;
import dev.attache.contract.LinkIssued;
import dev.attache.contract.RequestRejected;
import dev.attache.contract.UploadExpired;
import dev.attache.contract.value.Recipient;
import dev.attache.contract.value.RejectedException;
import dev.attache.issuing.DownloadOffer;
import dev.attache.issuing.IssuedDownloads;
import dev.attache.ledger.OpenUpload;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/**
 * Creates the events about an upload. Their ids are derived from the event that requested it, and from the version of
 * the object, so they are the same at each call.
 */
final class UploadEvents {

    /** The queue that reports uploaded files; {@code request.rejected} names it. */
    private static final String QUEUE = "objects-created";

    private final Clock clock;

    UploadEvents(Clock clock) {
        this.clock = clock;
    }

    CloudEvent<AttachmentUploaded> uploaded(OpenUpload upload, OpenUpload.Arrival arrival, String fileName) {
        AttachmentUploaded uploaded = new AttachmentUploaded(
                upload.requestId(),
                upload.bucket(),
                arrival.key(),
                arrival.versionId(),
                arrival.eTag(),
                arrival.contentLength(),
                arrival.contentType(),
                fileName,
                arrival.uploadedAt());
        return upload.cause()
                .follow(EventType.ATTACHMENT_UPLOADED, clock.instant(), uploaded, arrival.key(), version(arrival));
    }

    /** The links to the file, for one of the recipients to notify. */
    CloudEvent<LinkIssued> notification(
            OpenUpload upload, OpenUpload.Arrival arrival, Recipient recipient, DownloadOffer offer) {
        String toRecipient = EventType.LINK_ISSUED.name() + " " + recipient.address();
        List<String> purpose = List.of(toRecipient, arrival.key(), version(arrival));
        IssuedDownloads issued =
                offer.to(recipient, upload.requestId(), upload.cause().idFor(purpose));
        Instant now = clock.instant();
        return upload.cause()
                .followFor(
                        purpose,
                        EventType.LINK_ISSUED,
                        now,
                        LinkIssued.arrived(upload.requestId(), recipient, issued.links(), issued.page(), now));
    }

    CloudEvent<RequestRejected> rejected(OpenUpload upload, String key, String eTag, RejectedException reason) {
        RequestRejected rejected =
                new RequestRejected(reason.code(), reason.detail(), upload.requestId(), upload.source(), QUEUE, null);
        return upload.cause().follow(EventType.REQUEST_REJECTED, clock.instant(), rejected, key, eTag);
    }

    CloudEvent<UploadExpired> expired(OpenUpload upload) {
        UploadExpired expired = new UploadExpired(
                upload.requestId(),
                upload.bucket(),
                upload.file() == null ? null : upload.file().key(),
                upload.recipient(),
                upload.expiresAt());
        return upload.cause()
                .follow(
                        EventType.UPLOAD_EXPIRED,
                        clock.instant(),
                        expired,
                        upload.id().toString());
    }

    /** The object's version id; in a bucket without versioning its ETag. */
    private static String version(OpenUpload.Arrival arrival) {
        return arrival.versionId() == null ? arrival.eTag() : arrival.versionId();
    }
}
