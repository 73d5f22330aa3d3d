package dev.attache.upload;

import dev.attache.contract.CloudEvent;
import dev.attache.contract.EventCodec;
import dev.attache.contract.EventMessages;
import dev.attache.contract.LinkIssued;
import dev.attache.contract.value.Addresses;
import dev.attache.contract.value.Recipient;
import dev.attache.issuing.DownloadOffer;
import dev.attache.ledger.OpenUpload;
import dev.attache.ledger.OpenUpload.Arrival;
import dev.attache.ledger.UploadEnd;
import dev.attache.ledger.UploadFile;
import dev.attache.upload.UploadOffers.Offered;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;
import org.springframework.messaging.Message;

/**
 * The messages about files that have arrived, and about the end of an upload. The ids of the events are the same at
 * each call.
 */
public final class UploadAnnouncements {

    private final UploadOffers offers;

    private final EventMessages outgoing;

    private final UploadEvents events;

    public UploadAnnouncements(EventCodec codec, UploadOffers offers, Clock clock) {
        this.offers = offers;
        this.outgoing = new EventMessages(codec);
        this.events = new UploadEvents(clock);
    }

    /** The messages about the file with this key; none if it has not arrived. */
    public List<Message<byte[]>> of(OpenUpload upload, String key) {
        return upload.fileAt(key).map(file -> ofFile(upload, file)).orElse(List.of());
    }

    private List<Message<byte[]>> ofFile(OpenUpload upload, UploadFile file) {
        Arrival arrival = file.arrival();
        if (arrival == null) {
            return List.of();
        }
        List<Message<byte[]>> messages = new ArrayList<>();
        messages.add(outgoing.message(
                events.uploaded(upload, file.number(), arrival),
                Duration.between(upload.createdAt(), arrival.uploadedAt())));
        if (hasOwnMails(upload, file)) {
            receipt(upload, person -> events.receipt(upload, arrival, person)).ifPresent(messages::add);
            messages.addAll(notifications(
                    upload, List.of(arrival), (to, offer) -> events.notification(upload, arrival, to, offer)));
        }
        return messages;
    }

    /** If the request states a number of files, one mail leads to all of them, except to those that come later. */
    private static boolean hasOwnMails(OpenUpload upload, UploadFile file) {
        UploadEnd.Completion completion = upload.completion();
        return !upload.terms().statesFiles()
                || upload.declined() != null
                || (completion != null && !completion.files().contains(file.number()));
    }

    /** The messages about the end of an upload that are not recorded as published. */
    public List<Message<byte[]>> ofEnd(OpenUpload upload) {
        List<Message<byte[]>> messages = new ArrayList<>();
        UploadEnd.Completion completion = upload.completion();
        if (completion != null && !completion.wasAnnounced()) {
            messages.add(outgoing.message(events.completed(upload, completion)));
            List<Arrival> arrivals = upload.arrived().stream()
                    .filter(file -> completion.files().contains(file.number()))
                    .flatMap(file -> Stream.ofNullable(file.arrival()))
                    .toList();
            receipt(upload, person -> events.receipt(upload, arrivals, person)).ifPresent(messages::add);
            messages.addAll(
                    notifications(upload, arrivals, (to, offer) -> events.notification(upload, arrivals, to, offer)));
        }
        UploadEnd.Decline decline = upload.declined();
        if (decline != null && !decline.wasAnnounced()) {
            messages.add(outgoing.message(events.declined(upload, decline)));
        }
        return messages;
    }

    /** All messages about an upload that are not recorded as published. */
    List<Message<byte[]>> pending(OpenUpload upload) {
        return Stream.concat(
                        upload.arrived().stream()
                                .filter(file -> !file.wasAnnounced())
                                .flatMap(file -> ofFile(upload, file).stream()),
                        ofEnd(upload).stream())
                .toList();
    }

    /** The mail to the person who was asked; empty if nobody was, or if the request wants no receipt. */
    private Optional<Message<byte[]>> receipt(OpenUpload upload, Function<Recipient, CloudEvent<LinkIssued>> mail) {
        return Optional.ofNullable(upload.recipient())
                .filter(person -> upload.terms().wantsReceipt())
                .map(person -> outgoing.messageTo(EventMessages.DELIVERIES, mail.apply(person)));
    }

    /** {@code attachment.uploaded} is published in any case; {@code request.rejected} states why no mail is sent. */
    private List<Message<byte[]>> notifications(
            OpenUpload upload,
            List<Arrival> arrivals,
            BiFunction<Recipient, DownloadOffer, CloudEvent<LinkIssued>> mail) {
        if (upload.toNotify().isEmpty()) {
            return List.of();
        }
        Offered offered = offers.of(upload, arrivals);
        return Stream.concat(
                        offered.unreadable().stream()
                                .map(it -> outgoing.message(events.rejected(
                                        upload, it.arrival().key(), it.arrival().eTag(), it.reason()))),
                        offered.offer().stream()
                                .flatMap(offer -> Addresses.eachOnce(upload.toNotify()).stream()
                                        .map(to ->
                                                outgoing.messageTo(EventMessages.DELIVERIES, mail.apply(to, offer)))))
                .toList();
    }
}
