package dev.attache.story;

import dev.attache.contract.EventMessages;
import dev.attache.contract.EventType;
import dev.attache.contract.LinkIssued;
import dev.attache.contract.value.Channel;
import dev.attache.contract.value.Link;
import dev.attache.contract.value.Recipient;
import dev.attache.contract.value.SignedUrl;
import dev.attache.ledger.OpenUpload;
import dev.attache.ledger.OpenUploads;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.springframework.messaging.Message;

/**
 * Sends the mail with the link to an upload page again, because an operator asks for it. The link is the one of the
 * first mail. The id of the mail is derived from the number of mails that were sent again, so two operators, or a form
 * that is sent twice, cause one mail.
 */
public final class ResentUploads {

    private final OpenUploads uploads;

    private final UploadTimeline timeline;

    private final EventMessages outgoing;

    private final Consumer<Message<byte[]>> publication;

    private final String pageUrl;

    private final Clock clock;

    /**
     * @param publication publishes a message, or throws an exception
     * @param pageUrl the URL of an upload page without its id
     */
    ResentUploads(
            OpenUploads uploads,
            UploadTimeline timeline,
            EventMessages outgoing,
            Consumer<Message<byte[]>> publication,
            String pageUrl,
            Clock clock) {
        this.uploads = uploads;
        this.timeline = timeline;
        this.outgoing = outgoing;
        this.publication = publication;
        this.pageUrl = pageUrl;
        this.clock = clock;
    }

    /**
     * Sends the mail again.
     *
     * @param number 1 for the first time; {@link UploadStory#resent} plus 1
     * @return why it was not sent; empty if it was
     */
    public Optional<String> resend(UUID id, int number) {
        OpenUpload upload = uploads.find(id).orElse(null);
        if (upload == null || upload.recipient() == null) {
            return Optional.of("The ledger has no mail of this upload");
        }
        UploadStory story = timeline.of(upload);
        if (story.resendObstacle().isPresent()) {
            return story.resendObstacle();
        }
        if (number < 1 || number > story.resent() + 1) {
            return Optional.of("The story has changed. Look at it before you send another mail");
        }
        publication.accept(outgoing.messageTo(
                EventMessages.DELIVERIES,
                upload.cause()
                        .withoutTrace()
                        .followFor(
                                UploadTimeline.idPurpose(upload, number),
                                EventType.LINK_ISSUED,
                                clock.instant(),
                                issued(upload, upload.recipient()))));
        return Optional.empty();
    }

    private LinkIssued issued(OpenUpload upload, Recipient recipient) {
        Instant now = clock.instant();
        Link link = Link.page(
                new SignedUrl(pageUrl + upload.pageId()), upload.terms().fileName(), upload.expiresAt());
        return new LinkIssued(
                upload.requestId(),
                Channel.EMAIL,
                LinkIssued.Purpose.UPLOAD,
                recipient,
                upload.message(),
                null,
                List.of(link),
                now,
                upload.terms(),
                null,
                null,
                null);
    }
}
