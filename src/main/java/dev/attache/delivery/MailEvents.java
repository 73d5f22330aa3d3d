package dev.attache.delivery;

import dev.attache.contract.CloudEvent;
import dev.attache.contract.LinkIssued;

/** Tells upstream of mails that were sent. */
@FunctionalInterface
interface MailEvents {

    /**
     * Publishes {@code mail.sent}. Its id is the same however often this is called for an event.
     *
     * @param issued the event that the mail follows from
     * @param mailMessageId the mail's {@code Message-ID}, with its angle brackets
     */
    void sent(CloudEvent<LinkIssued> issued, String mailMessageId);
}
