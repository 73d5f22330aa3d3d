package dev.attache.story;

import dev.attache.contract.EventCause;
import dev.attache.contract.EventType;
import dev.attache.ledger.MailRecords;
import dev.attache.ledger.MailRecords.MailRecord;
import dev.attache.ledger.OpenUpload;
import dev.attache.ledger.OpenUploads;
import dev.attache.ledger.UploadEnd;
import dev.attache.ledger.UploadFile;
import dev.attache.story.StoryEvent.Kind;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Puts what the ledger knows about one upload in the order of time. */
final class UploadTimeline {

    /** More mails of one upload are not sent again. */
    static final int MOST_RESENT = 20;

    private final OpenUploads uploads;

    private final MailRecords mails;

    private final Clock clock;

    UploadTimeline(OpenUploads uploads, MailRecords mails, Clock clock) {
        this.uploads = uploads;
        this.mails = mails;
        this.clock = clock;
    }

    UploadStory of(OpenUpload upload) {
        List<StoryEvent> events = new ArrayList<>();
        events.add(new StoryEvent(upload.createdAt(), Kind.OPENED, terms(upload), upload.expiresAt()));
        int resent = addMails(upload, events);
        upload.files().forEach(file -> addFile(upload, file, events));
        addEnd(upload, events);
        StoryState state = state(upload);
        if (state.kind() == StoryState.Kind.EXPIRED) {
            events.add(new StoryEvent(upload.expiresAt(), Kind.EXPIRED, ""));
        }
        events.sort(Comparator.comparing(StoryEvent::at));
        return new UploadStory(
                upload.id(),
                upload.source(),
                upload.requestId(),
                upload.recipient() == null ? null : upload.recipient().address(),
                upload.createdAt(),
                state,
                upload.arrived().size(),
                upload.terms().mostFiles(),
                upload.toNotify().size(),
                resent,
                obstacle(upload, state, resent),
                events);
    }

    private static String terms(OpenUpload upload) {
        int most = upload.terms().mostFiles();
        return (most == 1 ? "1 file" : "up to " + most + " files") + " of "
                + String.join(", ", upload.terms().contentTypes());
    }

    /** Returns how often the mail was sent again. */
    private int addMails(OpenUpload upload, List<StoryEvent> events) {
        if (upload.recipient() == null) {
            return 0;
        }
        mails.find(mailId(upload, 0))
                .flatMap(mail -> DeliveryTimeline.mail(mail, ""))
                .ifPresent(events::add);
        for (int number = 1; number <= MOST_RESENT; number++) {
            Optional<MailRecord> again = mails.find(mailId(upload, number));
            if (again.isEmpty()) {
                return number - 1;
            }
            again.flatMap(mail -> DeliveryTimeline.mail(mail, "Sent again by an operator"))
                    .ifPresent(events::add);
        }
        return MOST_RESENT;
    }

    /**
     * The id of the delivery of an upload's mail.
     *
     * @param number 0 for the first mail, n for the n-th time that it was sent again
     */
    static String mailId(OpenUpload upload, int number) {
        return new EventCause(upload.source(), upload.requestId()).idFor(idPurpose(upload, number));
    }

    static List<String> idPurpose(OpenUpload upload, int number) {
        String address = upload.recipient() == null ? "" : upload.recipient().address();
        String type = EventType.LINK_ISSUED.name();
        return number == 0 ? List.of(type, address) : List.of(type, address, "resent", Integer.toString(number));
    }

    private static void addFile(OpenUpload upload, UploadFile file, List<StoryEvent> events) {
        OpenUpload.Arrival arrival = file.arrival();
        String name = upload.terms().mostFiles() > 1 ? "No. %d, %s".formatted(file.number(), file.name()) : file.name();
        if (arrival == null || file.signedAt().isBefore(arrival.uploadedAt())) {
            events.add(new StoryEvent(file.signedAt(), Kind.CHOSEN, name));
        }
        if (file.wasRefused()) {
            events.add(new StoryEvent(
                    file.signedAt(), Kind.FILE_REFUSED, name + ": the object has another size or type than agreed"));
        }
        if (arrival != null) {
            events.add(new StoryEvent(
                    arrival.uploadedAt(), Kind.ARRIVED, "%s (%,d bytes)".formatted(name, arrival.contentLength())));
        }
    }

    private static void addEnd(OpenUpload upload, List<StoryEvent> events) {
        UploadEnd.Completion completion = upload.completion();
        if (completion != null) {
            events.add(new StoryEvent(
                    completion.at(), Kind.COMPLETED, completion.files().size() + " files" + announced(completion)));
        }
        UploadEnd.Decline decline = upload.declined();
        if (decline != null) {
            events.add(new StoryEvent(
                    decline.at(),
                    Kind.DECLINED,
                    (decline.reason() == null ? "No reason given" : decline.reason()) + announced(decline)));
        }
    }

    private static String announced(UploadEnd end) {
        return end.wasAnnounced() ? "" : ". Not published yet; a sweep does it";
    }

    private StoryState state(OpenUpload upload) {
        if (upload.declined() != null) {
            return new StoryState(StoryState.Kind.DECLINED, upload.declined().at());
        }
        if (upload.ended()) {
            return new StoryState(
                    StoryState.Kind.COMPLETE,
                    upload.completion() == null ? null : upload.completion().at());
        }
        if (uploads.isRevoked(upload)) {
            return new StoryState(StoryState.Kind.REVOKED, upload.expiresAt());
        }
        Instant end = upload.expiresAt();
        return clock.instant().isBefore(end)
                ? new StoryState(StoryState.Kind.OPEN, end)
                : new StoryState(StoryState.Kind.EXPIRED, end);
    }

    private static Optional<String> obstacle(OpenUpload upload, StoryState state, int resent) {
        if (upload.recipient() == null) {
            return Optional.of("A program asked for this upload, so there is no mail");
        }
        if (resent >= MOST_RESENT) {
            return Optional.of("The mail was sent again %d times already".formatted(resent));
        }
        return switch (state.kind()) {
            case OPEN -> Optional.empty();
            case REVOKED -> Optional.of("The upload was revoked, which is final. Send another request instead");
            case EXPIRED -> Optional.of("The upload has expired. Extend it first");
            case COMPLETE, DECLINED, USED_UP -> Optional.of("The upload has ended. Send another request instead");
        };
    }
}
