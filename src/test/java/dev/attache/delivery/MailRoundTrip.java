package dev.attache.delivery;

import dev.attache.delivery.mail.Delivery;
import dev.attache.delivery.mail.DeliveryProperties;
import dev.attache.delivery.mail.MailComposer;
import dev.attache.delivery.mail.MailContentWriter;
import dev.attache.wording.Languages;
import dev.attache.wording.Templates;
import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Properties;

/** Composes mails as the worker does, and parses them as a mail program does. */
final class MailRoundTrip {

    private static final Templates TEMPLATES = new Templates("mail", "mail");

    private final MailContentWriter writer =
            new MailContentWriter(TEMPLATES.texts(), new Languages(Locale.ENGLISH), ZoneId.of("UTC"));
    private final MailComposer composer;

    MailRoundTrip() {
        this("Acme <files@acme.example>");
    }

    /** @param headers of all mails, as in the setting {@code attache.mail.headers} */
    static MailRoundTrip withHeaders(String... headers) {
        return new MailRoundTrip("Acme <files@acme.example>", List.of(headers));
    }

    MailRoundTrip(String from) {
        this(from, List.of());
    }

    private MailRoundTrip(String from, List<String> headers) {
        this.composer = new MailComposer(
                new DeliveryProperties(from, "help@acme.example", ZoneOffset.UTC, Locale.ENGLISH, headers),
                TEMPLATES,
                Clock.fixed(Samples.ISSUED, ZoneOffset.UTC));
    }

    MailContentWriter writer() {
        return writer;
    }

    MailComposer composer() {
        return composer;
    }

    ReceivedMail send(Delivery delivery) throws IOException, MessagingException {
        ByteArrayOutputStream raw = new ByteArrayOutputStream();
        composer.compose(delivery, writer.write(delivery)).message().writeTo(raw);
        return new ReceivedMail(raw.toByteArray());
    }

    /** A mail as it was sent. */
    record ReceivedMail(byte[] raw) {

        MimeMessage parsed() throws MessagingException {
            return new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(raw));
        }

        String header(String name) throws MessagingException {
            return parsed().getHeader(name, null);
        }

        String text() throws IOException, MessagingException {
            return (String) part(0).getContent();
        }

        String html() throws IOException, MessagingException {
            return (String) part(1).getContent();
        }

        BodyPart part(int index) throws IOException, MessagingException {
            return ((MimeMultipart) parsed().getContent()).getBodyPart(index);
        }

        List<String> lines() {
            return new String(raw, StandardCharsets.ISO_8859_1).lines().toList();
        }
    }
}
