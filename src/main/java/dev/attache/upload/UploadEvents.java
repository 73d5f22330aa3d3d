package dev.attache.upload;

import dev.attache.contract.AttachmentUploaded;
import dev.attache.contract.CloudEvent;
import dev.attache.contract.EventType;
import dev.attache.contract.LinkIssued;
import dev.attache.contract.RequestRejected;
import dev.attache.contract.UploadCompleted;
import dev.attache.contract.UploadDeclined;
import dev.attache.contract.UploadExpired;
import dev.attache.contract.value.MessageText;
import dev.attache.contract.value.ReceivedUpload;
import dev.attache.contract.value.Recipient;
import dev.attache.contract.value.RejectedException;
import dev.attache.issuing.DownloadOffer;
import dev.attache.issuing.IssuedDownloads;
import dev.attache.ledger.OpenUpload;
import dev.attache.ledger.UploadEnd;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Creates the events about an upload. Their ids are derived from the event that requested it, and from the version of
 * the object, so they are the same at each call.
 */
final class UploadEvents {

    /** The queue that reports uploaded files; {@code request.rejected} names it. */
    private static final String QUEUE = "objects-created";

    /** Distinguishes the ids of receipts from those of mails to people who are notified, which contain an address. */
    private static final String RECEIPT = EventType.LINK_ISSUED.name() + " receipt";

    private final Clock clock;

    UploadEvents(Clock clock) {
        this.clock = clock;
    }

    CloudEvent<AttachmentUploaded> uploaded(OpenUpload upload, int number, OpenUpload.Arrival arrival) {
        AttachmentUploaded uploaded = new AttachmentUploaded(
                upload.requestId(),
                upload.bucket(),
                arrival.key(),
                arrival.versionId(),
                arrival.eTag(),
                arrival.contentLength(),
                arrival.contentType(),
                UploadArrivals.fileName(upload, arrival),
                arrival.uploadedAt(),
                upload.terms().statesFiles() ? number : null);
        return upload.cause()
                .follow(EventType.ATTACHMENT_UPLOADED, clock.instant(), uploaded, arrival.key(), version(arrival));
    }

    /** The links to a file, for one of the recipients to notify. */
    CloudEvent<LinkIssued> notification(
            OpenUpload upload, OpenUpload.Arrival arrival, Recipient recipient, DownloadOffer offer) {
        return notification(
                upload,
                List.of(toRecipient(recipient), arrival.key(), version(arrival)),
                recipient,
                List.of(arrival),
                offer);
    }

    /** The links to all files of a completed upload, for one of the recipients to notify. */
    CloudEvent<LinkIssued> notification(
            OpenUpload upload, List<OpenUpload.Arrival> arrivals, Recipient recipient, DownloadOffer offer) {
        return notification(
                upload, List.of(toRecipient(recipient), upload.id().toString()), recipient, arrivals, offer);
    }

    private static String toRecipient(Recipient recipient) {
        return EventType.LINK_ISSUED.name() + " " + recipient.address();
    }

    private CloudEvent<LinkIssued> notification(
            OpenUpload upload,
            List<String> purpose,
            Recipient recipient,
            List<OpenUpload.Arrival> arrivals,
            DownloadOffer offer) {
        IssuedDownloads issued =
                offer.to(recipient, upload.requestId(), upload.cause().idFor(purpose));
        Instant now = clock.instant();
        return upload.cause()
                .followFor(
                        purpose,
                        EventType.LINK_ISSUED,
                        now,
                        LinkIssued.arrived(
                                upload.requestId(),
                                recipient,
                                issued.links(),
                                issued.page(),
                                received(upload, arrivals),
                                now));
    }

    /** The receipt for a file, for the person who was asked for it. */
    CloudEvent<LinkIssued> receipt(OpenUpload upload, OpenUpload.Arrival arrival, Recipient person) {
        return receipt(upload, List.of(RECEIPT, arrival.key(), version(arrival)), person, List.of(arrival));
    }

    /** The receipt for all files of a completed upload, for the person who was asked for them. */
    CloudEvent<LinkIssued> receipt(OpenUpload upload, List<OpenUpload.Arrival> arrivals, Recipient person) {
        return receipt(upload, List.of(RECEIPT, upload.id().toString()), person, arrivals);
    }

    private CloudEvent<LinkIssued> receipt(
            OpenUpload upload, List<String> purpose, Recipient person, List<OpenUpload.Arrival> arrivals) {
        Instant now = clock.instant();
        return upload.cause()
                .followFor(
                        purpose,
                        EventType.LINK_ISSUED,
                        now,
                        LinkIssued.receipt(upload.requestId(), person, received(upload, arrivals), now));
    }

    private static ReceivedUpload received(OpenUpload upload, List<OpenUpload.Arrival> arrivals) {
        MessageText message = upload.message();
        return new ReceivedUpload(
                UploadReference.of(upload),
                message == null ? null : message.subject(),
                upload.recipient(),
                arrivals.stream()
                        .map(arrival -> new ReceivedUpload.File(
                                UploadArrivals.fileName(upload, arrival),
                                arrival.contentLength(),
                                arrival.contentType(),
                                arrival.uploadedAt()))
                        .toList());
    }

    /** An upload of several files has this end. */
    CloudEvent<UploadCompleted> completed(OpenUpload upload, UploadEnd.Completion completion) {
        UploadCompleted completed =
                new UploadCompleted(
                        upload.requestId(),
                        upload.recipient(),
                        completion.reason(),
                        upload.arrived().stream()
                                .filter(file -> completion.files().contains(file.number()))
                                .flatMap(file -> Optional.ofNullable(file.arrival())
                                        .map(arrival -> file(upload, file.number(), arrival))
                                        .stream())
                                .toList(),
                        completion.at());
        return upload.cause()
                .follow(
                        EventType.UPLOAD_COMPLETED,
                        clock.instant(),
                        completed,
                        upload.id().toString());
    }

    private static UploadCompleted.File file(OpenUpload upload, int number, OpenUpload.Arrival arrival) {
        return new UploadCompleted.File(
                number,
                upload.bucket(),
                arrival.key(),
                arrival.versionId(),
                arrival.eTag(),
                arrival.contentLength(),
                arrival.contentType(),
                UploadArrivals.fileName(upload, arrival),
                arrival.uploadedAt());
    }

    CloudEvent<UploadDeclined> declined(OpenUpload upload, UploadEnd.Decline decline) {
        UploadDeclined declined =
                new UploadDeclined(upload.requestId(), upload.recipient(), decline.reason(), decline.at());
        return upload.cause()
                .follow(
                        EventType.UPLOAD_DECLINED,
                        clock.instant(),
                        declined,
                        upload.id().toString());
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
                upload.files().isEmpty() ? null : upload.files().getLast().key(),
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
