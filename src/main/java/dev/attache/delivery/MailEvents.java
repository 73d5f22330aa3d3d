package dev.attache.delivery;

import dev.attache.contract.CloudEvent;
import dev.attache.contract.LinkIssued;

/** Publishes events about sent mails. */
@FunctionalInterface
interface MailEvents {

    /**
     * Publishes {@code mail.sent}. Its id is derived from the event, so that repeated calls publish the same id.
     *
     * @param issued the event that caused the mail
     * @param mailMessageId the mail's {@code Message-ID}, with its angle brackets
     */
    void sent(CloudEvent<LinkIssued> issued, String mailMessageId);
}
