package dev.attache.contract;

import dev.attache.contract.value.Channel;
import dev.attache.contract.value.Recipient;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Data of {@code mail.sent}: a mail relay accepted a mail. Published for sources with
 * {@code attache.sources.<name>.mail-sent-events}. It never contains a link.
 *
 * @param requestId the id of the event that upstream sent
 * @param deliveryId the id of the {@code link.issued} event of the mail
 * @param channel {@code email} or {@code newsletter}
 * @param recipient the address of the mail's recipient; other data of the recipient are removed
 * @param sentAt when the relay accepted it
 * @param mailMessageId the mail's {@code Message-ID} (RFC 5322, section 3.6.4) with its angle brackets; null if unknown
 */
public record MailSent(
        String requestId,
        String deliveryId,
        Channel channel,
        Recipient recipient,
        Instant sentAt,
        @Nullable String mailMessageId) {

    public MailSent {
        recipient = new Recipient(recipient.address());
    }

    /** Does not contain the address. */
    @Override
    public String toString() {
        return "MailSent[requestId=" + requestId + ", deliveryId=" + deliveryId + ", channel=" + channel + ", sentAt="
                + sentAt + ", mailMessageId=" + mailMessageId + "]";
    }
}
