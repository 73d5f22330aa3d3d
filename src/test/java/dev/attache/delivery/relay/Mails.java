package dev.attache.delivery.relay;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.util.Properties;

/** Composed mails. */
public final class Mails {

    private Mails() {}

    public static OutgoingMail to(String recipient) {
        return new OutgoingMail(
                "delivery-" + recipient,
                "files@acme.example",
                false,
                recipient,
                message("Hello.\r\n.\r\n..two dots\r\n"));
    }

    /** A mail with the source's own envelope sender. */
    public static OutgoingMail ofSource(String envelopeFrom, String recipient) {
        return new OutgoingMail("delivery-" + recipient, envelopeFrom, true, recipient, message("Hello."));
    }

    public static OutgoingMail withText(String recipient, String text) {
        return new OutgoingMail("delivery-" + recipient, "files@acme.example", false, recipient, message(text));
    }

    private static MimeMessage message(String text) {
        try {
            MimeMessage message = new MimeMessage(Session.getInstance(new Properties()));
            message.setFrom("files@acme.example");
            message.setSubject("A mail");
            message.setText(text, "UTF-8");
            message.setHeader("Content-Transfer-Encoding", "quoted-printable");
            message.saveChanges();
            return message;
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }
}
