package dev.attache.delivery.relay;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.springframework.mail.MailPreparationException;

/**
 * A finished mail with its envelope.
 *
 * @param deliveryId what tells mails apart
 * @param envelopeFrom where bounces go
 * @param ownEnvelope whether that is the source's own address, so that a relay which refuses it refuses this source
 *     alone
 * @param recipient the one address it goes to
 */
public record OutgoingMail(
        String deliveryId, String envelopeFrom, boolean ownEnvelope, String recipient, MimeMessage message) {

    private static final int USUAL_SIZE = 16 * 1024;

    /** The message as it goes over the wire, before dots are doubled: lines end with CR LF (RFC 5322, section 2.1). */
    byte[] content() {
        try (ByteArrayOutputStream content = new ByteArrayOutputStream(USUAL_SIZE)) {
            message.writeTo(content);
            return content.toByteArray();
        } catch (MessagingException e) {
            throw new MailPreparationException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Without addresses and content. */
    @Override
    public String toString() {
        return "OutgoingMail[" + deliveryId + "]";
    }
}
