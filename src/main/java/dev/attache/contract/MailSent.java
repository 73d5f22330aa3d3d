package dev.attache.contract;

import dev.attache.contract.value.Channel;
import dev.attache.contract.value.Recipient;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Data of {@code mail.sent}: a mail relay accepted a mail. Published for sources that ask for it
 * ({@code attache.sources.<name>.mail-sent-events}). It never carries a link.
 *
 * @param requestId the id of the event that upstream sent
 * @param deliveryId the id of the {@code link.issued} event that the mail was made of
 * @param channel {@code email} or {@code newsletter}
 * @param recipient who the mail is for: the address, and nothing else of what is known of them
 * @param sentAt when the relay accepted it
 * @param mailMessageId the mail's {@code Message-ID} (RFC 5322, section 3.6.4) with its angle brackets, where it is
 *     known
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

    /** Without the address. */
    @Override
    public String toString() {
        return "MailSent[requestId=" + requestId + ", deliveryId=" + deliveryId + ", channel=" + channel + ", sentAt="
                + sentAt + ", mailMessageId=" + mailMessageId + "]";
    }
}
