package dev.attache.delivery.mail;

import dev.attache.contract.EventIds;
import dev.attache.delivery.relay.OutgoingMail;
import dev.attache.wording.Templates;
import jakarta.activation.DataHandler;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.internet.PreencodedMimeBodyPart;
import jakarta.mail.util.ByteArrayDataSource;
import jakarta.mail.util.StreamProvider;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Date;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;
import org.eclipse.angus.mail.util.MailStreamProvider;
import org.springframework.mail.MailPreparationException;

/** Makes a MIME message of a letter: text and HTML as alternatives, and the headers. */
public final class MailComposer {

    /** What may stand in an id or a header of ours as it is. */
    private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9._~:/+=-]{1,200}");

    private static final Pattern SAFE_ID = Pattern.compile("[A-Za-z0-9._-]{1,100}");

    static {
        // Or each part of each mail searches every jar for it, a millisecond for a mail (jakartaee/mail-api 699 and
        // 861).
        System.getProperties().putIfAbsent(StreamProvider.class.getName(), MailStreamProvider.class.getName());
    }

    private final Session session = Session.getInstance(new Properties());
    private final DeliveryProperties properties;
    private final Templates templates;
    private final Clock clock;

    public MailComposer(DeliveryProperties properties, Templates templates, Clock clock) {
        this.properties = properties;
        this.templates = templates;
        this.clock = clock;
    }

    /** @throws dev.attache.contract.value.RejectedException {@code ADDRESS_INVALID}, {@code CONTRACT_VIOLATION} */
    public OutgoingMail compose(Delivery delivery, MailContent letter) {
        InternetAddress to = Addressee.of(delivery.recipient());
        Optional<Unsubscribe> unsubscribe = Unsubscribe.from(delivery);
        try {
            MimeMessage mail = new KnownMessage(session, messageId(delivery));
            mail.setFrom(properties.fromAddress());
            InternetAddress replyTo = properties.replyToAddress();
            if (replyTo != null) {
                mail.setReplyTo(new InternetAddress[] {replyTo});
            }
            mail.setRecipient(Message.RecipientType.TO, to);
            mail.setSubject(letter.subject(), StandardCharsets.UTF_8.name());
            mail.setSentDate(Date.from(clock.instant()));
            automatic(mail, delivery);
            if (unsubscribe.isPresent()) {
                bulk(mail, unsubscribe.get());
            }
            mail.setContent(alternatives(letter));
            mail.saveChanges();
            String own = delivery.source().envelopeFrom();
            return new OutgoingMail(
                    delivery.id(),
                    own == null ? properties.fromAddress().getAddress() : own,
                    own != null,
                    to.getAddress(),
                    mail);
        } catch (MessagingException e) {
            throw new MailPreparationException(e);
        }
    }

    /** Auto-Submitted (RFC 3834) keeps out-of-office replies away. */
    private static void automatic(MimeMessage mail, Delivery delivery) throws MessagingException {
        mail.setHeader("Auto-Submitted", "auto-generated");
        if (SAFE.matcher(delivery.id()).matches()) {
            mail.setHeader("X-Attache-Delivery-Id", delivery.id());
        }
        if (SAFE.matcher(delivery.issued().requestId()).matches()) {
            mail.setHeader("X-Attache-Request-Id", delivery.issued().requestId());
        }
    }

    /** One-click unsubscribing (RFC 8058). The URL is set as it stands, for folding would break it. */
    private void bulk(MimeMessage mail, Unsubscribe unsubscribe) throws MessagingException {
        mail.setHeader("List-Unsubscribe", "<" + unsubscribe.url() + ">");
        mail.setHeader("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
        mail.setHeader("List-Id", unsubscribe.listId(properties.domain()));
        mail.setHeader("Precedence", "bulk");
    }

    private MimeMultipart alternatives(MailContent letter) throws MessagingException {
        Map<String, MailContent> variables = Map.of("letter", letter);
        // The last alternative is the preferred one (RFC 2046, section 5.1.4).
        return new MimeMultipart(
                "alternative",
                part("plain", templates.render("mail.txt", letter.locale(), variables)),
                part("html", templates.render("mail.html", letter.locale(), variables)));
    }

    /**
     * Quoted-printable whatever is in it: a URL signed with a role's credentials has some 1,800 characters, and SMTP
     * breaks lines after 998.
     */
    private static MimeBodyPart part(String subtype, String text) throws MessagingException {
        PreencodedMimeBodyPart part = new PreencodedMimeBodyPart("quoted-printable");
        part.setDataHandler(new DataHandler(
                new ByteArrayDataSource(QuotedPrintable.encode(text), "text/" + subtype + "; charset=UTF-8")));
        return part;
    }

    /** The same for every attempt, so that a mailbox can tell a duplicate; an id that fits no header is replaced. */
    public String messageId(Delivery delivery) {
        String id = SAFE_ID.matcher(delivery.id()).matches()
                ? delivery.id()
                : EventIds.derive(delivery.source().source(), delivery.id(), "mail")
                        .toString();
        return "<" + id + "@" + properties.domain() + ">";
    }

    /** Jakarta Mail makes a Message-ID of its own whenever a message is saved; this one has its own already. */
    private static final class KnownMessage extends MimeMessage {

        private final String id;

        KnownMessage(Session session, String id) {
            super(session);
            this.id = id;
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", id);
        }
    }
}
