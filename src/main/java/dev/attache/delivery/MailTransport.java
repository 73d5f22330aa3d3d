package dev.attache.delivery;

import jakarta.mail.internet.MimeMessage;

/** A relay that mails leave by. */
interface MailTransport {

    /**
     * Hands a finished mail to the relay; sender and recipient are those of its headers. When it returns, the relay has
     * taken responsibility for the mail (RFC 5321, section 4.2.5).
     *
     * @throws dev.attache.contract.RejectedException {@code ADDRESS_INVALID} when the relay says for good that there is
     *                                                no such recipient; any other exception is worth another try
     */
    void send(MimeMessage mail);
}
