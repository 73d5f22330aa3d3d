package dev.attache.delivery.relay;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.springframework.mail.MailPreparationException;

/**
 * A composed mail with its envelope.
 *
 * @param deliveryId identifies the mail
 * @param envelopeFrom the envelope sender, which receives bounces
 * @param ownEnvelope whether the envelope sender is the source's own address. If the relay refuses it, the refusal
 *     concerns this source only
 * @param recipient the envelope recipient
 */
public record OutgoingMail(
        String deliveryId, String envelopeFrom, boolean ownEnvelope, String recipient, MimeMessage message) {

    private static final int INITIAL_CAPACITY = 16 * 1024;

    /** The message as it is sent, before dot stuffing: lines end with CR LF (RFC 5322, section 2.1). */
    public byte[] content() {
        try (ByteArrayOutputStream content = new ByteArrayOutputStream(INITIAL_CAPACITY)) {
            message.writeTo(content);
            return content.toByteArray();
        } catch (MessagingException e) {
            throw new MailPreparationException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Contains no addresses and no content. */
    @Override
    public String toString() {
        return "OutgoingMail[" + deliveryId + "]";
    }
}
