package dev.attache.ledger.downloads;

import dev.attache.contract.CloudEvent;
import dev.attache.contract.EventCause;
import dev.attache.contract.LinkIssued;
import dev.attache.contract.value.Campaign;
import dev.attache.contract.value.Channel;
import dev.attache.contract.value.DownloadPage;
import dev.attache.contract.value.MessageText;
import dev.attache.contract.value.Recipient;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A download page, as it is stored with the claim on its mail. The claim is written before the mail is sent, so the
 * page exists when the recipient opens it.
 *
 * @param source the source of the request
 * @param subject the subject of the request
 * @param requestId the id of the request
 * @param deliveryId the id of the event {@code link.issued}
 * @param purpose the purpose of the mail
 * @param recipient the recipient of the mail
 * @param message the sender's text
 * @param issuedAt when the page was issued; revocations and extensions of recipients and objects compare it with the
 *     time of their event
 * @param channel the channel of the mail
 * @param campaign the campaign of a newsletter
 * @param traceparent the request's trace context
 */
public record IssuedPage(
        String source,
        @Nullable String subject,
        String requestId,
        String deliveryId,
        LinkIssued.Purpose purpose,
        Recipient recipient,
        @Nullable MessageText message,
        Instant issuedAt,
        DownloadPage page,
        Channel channel,
        @Nullable Campaign campaign,
        @Nullable String traceparent) {

    /** @throws IllegalArgumentException if the event has no page or no recipient */
    public static IssuedPage of(CloudEvent<LinkIssued> event) {
        LinkIssued issued = event.data();
        if (issued.page() == null || issued.recipient() == null) {
            throw new IllegalArgumentException("link.issued " + event.id() + " has no page or no recipient");
        }
        return new IssuedPage(
                event.source(),
                event.subject(),
                issued.requestId(),
                event.id(),
                issued.purpose(),
                issued.recipient(),
                issued.message(),
                issued.issuedAt(),
                issued.page(),
                issued.channel(),
                issued.campaign(),
                event.traceparent());
    }

    /** The request as the cause of further events. */
    public EventCause cause() {
        return new EventCause(source, requestId, subject, traceparent);
    }

    /** Omits the recipient, texts and names of files, which are personal data. */
    @Override
    public String toString() {
        return "IssuedPage[deliveryId=" + deliveryId + ", requestId=" + requestId + ", source=" + source + ", purpose="
                + purpose + ", issuedAt=" + issuedAt + ", expiresAt=" + page.expiresAt() + "]";
    }
}
