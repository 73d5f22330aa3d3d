package dev.attache.contract;

import dev.attache.contract.value.Channel;
import dev.attache.contract.value.Recipient;
import dev.attache.contract.value.RejectionCode;
import dev.attache.contract.value.SafeLine;
import org.jspecify.annotations.Nullable;

/**
 * Data of {@code mail.failed}: a mail that the relay refused, or that may not have arrived. It is published instead of
 * {@code request.rejected}. It never contains a link: links in {@code detail} and {@code reply} are removed.
 *
 * @param code the reason, such as {@link RejectionCode#MAIL_REFUSED}
 * @param detail one sentence: what is wrong and how to fix it; truncated to 4,000 characters
 * @param reply the relay's reply, such as {@code 550 5.1.1 <ana@example.com>: no such user}, as one line, truncated to
 *     1,000 characters; null if there was none
 * @param requestId the id of the event that upstream sent
 * @param deliveryId the id of the {@code link.issued} event of the mail
 * @param channel {@code email} or {@code newsletter}
 * @param recipient the address of the mail's recipient; other data of the recipient are removed
 * @param queue the queue of the {@code link.issued} event
 * @param messageId its SQS message id
 * @param attempts how often it was received, 1 or more
 */
public record MailFailed(
        RejectionCode code,
        String detail,
        @Nullable String reply,
        String requestId,
        String deliveryId,
        Channel channel,
        Recipient recipient,
        String queue,
        String messageId,
        int attempts) {

    private static final int LONGEST_DETAIL = 4000;

    private static final int LONGEST_REPLY = 1000;

    public MailFailed {
        detail = SafeLine.of(detail, LONGEST_DETAIL);
        if (reply != null) {
            String line = SafeLine.of(reply, LONGEST_REPLY);
            reply = line.isEmpty() ? null : line;
        }
        recipient = new Recipient(recipient.address());
    }

    /** Contains neither the address nor texts that may quote it. */
    @Override
    public String toString() {
        return "MailFailed[code=" + code + ", requestId=" + requestId + ", deliveryId=" + deliveryId + ", channel="
                + channel + ", queue=" + queue + ", messageId=" + messageId + ", attempts=" + attempts + "]";
    }
}
