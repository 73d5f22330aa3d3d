package dev.attache;

import dev.attache.binder.failure.Failure;
import dev.attache.binder.failure.RejectedMessage;
import dev.attache.binder.message.SenderAttestation;
import dev.attache.contract.CloudEvent;
import dev.attache.contract.EventCause;
import dev.attache.contract.EventCodec;
import dev.attache.contract.EventCodec.Origin;
import dev.attache.contract.EventType;
import dev.attache.contract.LinkIssued;
import dev.attache.contract.value.RejectedException;
import dev.attache.contract.value.RejectionCode;
import dev.attache.deadletters.Announcements;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Derives the event that {@link RejectionAnnouncer} published about a message from the message's dead letter. A letter
 * does not contain the error: a mail that a relay did not accept is recognized by its code or its reason.
 */
final class DerivedAnnouncements implements Announcements {

    /** The reasons of {@link dev.attache.delivery.relay.MailNotSentException} contain one of these. */
    private static final List<String> RELAYS = List.of("mail relay", "Amazon SES");

    private static final Announcement REJECTED_WITHOUT_ID = new Announcement(EventType.REQUEST_REJECTED.name(), null);

    private final EventCodec codec;

    private final ClaimedSources sources;

    private final SenderAttestation attestation;

    DerivedAnnouncements(EventCodec codec, ClaimedSources sources, SenderAttestation attestation) {
        this.codec = codec;
        this.sources = sources;
        this.attestation = attestation;
    }

    @Override
    public Optional<Announcement> of(Rejection rejection) {
        try {
            return mayConcernMail(rejection)
                    ? issued(rejection)
                            .map(cause -> announcement(EventType.MAIL_FAILED, cause, rejection))
                            .or(() -> requestRejected(rejection))
                    : requestRejected(rejection);
        } catch (RuntimeException e) {
            // Such as a service that does not say now who sent the message.
            return Optional.empty();
        }
    }

    private static boolean mayConcernMail(Rejection rejection) {
        return switch (rejection.code()) {
            case "MAIL_REFUSED", "DELIVERY_UNCERTAIN" -> true;
            case "ADDRESS_INVALID", "RETRIES_EXHAUSTED" ->
                RELAYS.stream().anyMatch(name -> rejection.reason().contains(name));
            default -> false;
        };
    }

    private Optional<EventCause> issued(Rejection rejection) {
        try {
            CloudEvent<LinkIssued> issued =
                    codec.read(rejection.body().getBytes(StandardCharsets.UTF_8), EventType.LINK_ISSUED);
            return Optional.of(EventCause.of(issued));
        } catch (RejectedException other) {
            return Optional.empty();
        }
    }

    private static Announcement announcement(EventType<?> type, EventCause cause, Rejection rejection) {
        return new Announcement(type.name(), cause.idFor(List.of(type.name(), rejection.queue())));
    }

    private Optional<Announcement> requestRejected(Rejection rejection) {
        String messageId = rejection.messageId();
        if (messageId == null || RejectionCode.ID_REUSED.name().equals(rejection.code())) {
            // The id depends on the message's id or, for a reused event id, on a digest that the letter lacks.
            return Optional.of(REJECTED_WITHOUT_ID);
        }
        RejectedMessage received = asReceived(rejection, messageId);
        Origin readable =
                RejectionAnnouncer.readableOrigin(codec, sources, received).orElse(null);
        if (readable == null
                && received.senderId() == null
                && originOf(rejection).isPresent()) {
            // The source is pinned to senders, and the letter does not state its sender.
            return Optional.of(REJECTED_WITHOUT_ID);
        }
        return Optional.of(announcement(
                EventType.REQUEST_REJECTED,
                RejectionAnnouncer.causeOf(readable, rejection.queue(), messageId),
                rejection));
    }

    private Optional<Origin> originOf(Rejection rejection) {
        return codec.originOf(rejection.body().getBytes(StandardCharsets.UTF_8));
    }

    private RejectedMessage asReceived(Rejection rejection, String messageId) {
        return new RejectedMessage(
                rejection.queue(),
                messageId,
                rejection.body(),
                new Failure.Rejected(rejection.code(), rejection.reason()),
                1,
                new IllegalStateException("Not known any more"),
                sender(rejection));
    }

    private @Nullable String sender(Rejection rejection) {
        return Optional.ofNullable(rejection.senderStatement())
                .flatMap(statement -> attestation.senderOf(rejection.queue(), rejection.body(), statement))
                .orElse(null);
    }
}
