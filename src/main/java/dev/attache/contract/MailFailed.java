package dev.attache.contract;

import dev.attache.contract.value.Channel;
import dev.attache.contract.value.Recipient;
import dev.attache.contract.value.RejectionCode;
import dev.attache.contract.value.SafeLine;
import org.jspecify.annotations.Nullable;

/**
 * Data of {@code mail.failed}: a mail that the relay refused, or that may not have arrived. It is published instead of
 * {@code request.rejected}. It never carries a link: links in {@code detail} and {@code reply} are removed.
 *
 * @param code why, such as {@link RejectionCode#MAIL_REFUSED}
 * @param detail one sentence: what is wrong and how to mend it; cut at 4,000 characters
 * @param reply the relay's own words, such as {@code 550 5.1.1 <ana@example.com>: no such user}, as one line; cut at
 *     1,000 characters; absent where the relay said nothing
 * @param requestId the id of the event that upstream sent
 * @param deliveryId the id of the {@code link.issued} event that the mail was made of
 * @param channel {@code email} or {@code newsletter}
 * @param recipient who should have got the mail: the address, and nothing else of what is known of them
 * @param queue the queue that the {@code link.issued} event came from
 * @param messageId its SQS message id
 * @param attempts how often it had been received, 1 or more
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

    /** Without the address, and without the texts that may quote it. */
    @Override
    public String toString() {
        return "MailFailed[code=" + code + ", requestId=" + requestId + ", deliveryId=" + deliveryId + ", channel="
                + channel + ", queue=" + queue + ", messageId=" + messageId + ", attempts=" + attempts + "]";
    }
}
