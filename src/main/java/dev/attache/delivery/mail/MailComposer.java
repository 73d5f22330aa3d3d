package dev.attache.delivery.mail;

import dev.attache.contract.EventIds;
import dev.attache.contract.value.Recipient;
import dev.attache.delivery.relay.OutgoingMail;
import dev.attache.source.SourceIdentity;
import dev.attache.wording.DisplayText;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;
import org.eclipse.angus.mail.util.MailStreamProvider;
import org.jspecify.annotations.Nullable;
import org.springframework.mail.MailPreparationException;

/** Composes the MIME message of a mail: its headers, and text and HTML as alternatives. */
public final class MailComposer {

    /** Values that may be used unchanged in our headers. */
    private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9._~:/+=-]{1,200}");

    private static final int NAME_LIMIT = 100;

    private static final Pattern SAFE_ID = Pattern.compile("[A-Za-z0-9._-]{1,100}");

    static {
        // Otherwise each part of each mail searches all jars for the provider (jakartaee/mail-api issues 699 and 861).
        System.getProperties().putIfAbsent(StreamProvider.class.getName(), MailStreamProvider.class.getName());
    }

    private final Session session = Session.getInstance(new Properties());
    private final DeliveryProperties properties;
    private final List<ExtraHeader> headers;
    private final Templates templates;
    private final Clock clock;

    public MailComposer(DeliveryProperties properties, Templates templates, Clock clock) {
        this.properties = properties;
        this.headers = properties.extraHeaders();
        this.templates = templates;
        this.clock = clock;
    }

    /**
     * Checks whether a mail can be composed, without side effects.
     *
     * @throws dev.attache.contract.value.RejectedException {@code ADDRESS_INVALID} or {@code CONTRACT_VIOLATION}
     */
    public void check(Delivery delivery) {
        RecipientAddress.of(delivery.recipient());
        Unsubscribe.from(delivery);
    }

    /** @throws dev.attache.contract.value.RejectedException {@code ADDRESS_INVALID} or {@code CONTRACT_VIOLATION} */
    public OutgoingMail compose(Delivery delivery, MailContent content) {
        InternetAddress to = RecipientAddress.of(delivery.recipient());
        Optional<Unsubscribe> unsubscribe = Unsubscribe.from(delivery);
        try {
            MimeMessage mail = new FixedIdMessage(session, messageId(delivery));
            SourceIdentity identity = delivery.source().identity();
            mail.setFrom(from(identity));
            InternetAddress replyTo = replyTo(identity);
            if (replyTo != null) {
                mail.setReplyTo(new InternetAddress[] {replyTo});
            }
            mail.setRecipient(Message.RecipientType.TO, to);
            mail.setSubject(content.subject(), StandardCharsets.UTF_8.name());
            mail.setSentDate(Date.from(clock.instant()));
            setAttacheHeaders(mail, delivery);
            if (unsubscribe.isPresent()) {
                setListHeaders(mail, unsubscribe.get());
            }
            mail.setContent(alternatives(content));
            mail.saveChanges();
            String ownSender = delivery.source().envelopeFrom();
            return new OutgoingMail(
                    delivery.id(),
                    ownSender == null ? properties.fromAddress().getAddress() : ownSender,
                    ownSender != null,
                    to.getAddress(),
                    mail);
        } catch (MessagingException e) {
            throw new MailPreparationException(e);
        }
    }

    /** The address is always the installation's, because SPF, DKIM and DMARC are set up for its domain. */
    private InternetAddress from(SourceIdentity identity) {
        InternetAddress from = properties.fromAddress();
        String name = identity.fromName();
        if (name != null) {
            RecipientAddress.setName(from, DisplayText.line(name, NAME_LIMIT));
        }
        return from;
    }

    private @Nullable InternetAddress replyTo(SourceIdentity identity) {
        String own = identity.replyTo();
        return own == null ? properties.replyToAddress() : RecipientAddress.of(new Recipient(own));
    }

    /** Auto-Submitted (RFC 3834) prevents out-of-office replies. */
    private void setAttacheHeaders(MimeMessage mail, Delivery delivery) throws MessagingException {
        mail.setHeader("Auto-Submitted", "auto-generated");
        for (ExtraHeader header : headers) {
            mail.addHeader(header.name(), header.value());
        }
        if (SAFE.matcher(delivery.id()).matches()) {
            mail.setHeader("X-Attache-Delivery-Id", delivery.id());
        }
        if (SAFE.matcher(delivery.issued().requestId()).matches()) {
            mail.setHeader("X-Attache-Request-Id", delivery.issued().requestId());
        }
    }

    /** One-click unsubscribe (RFC 8058). The header is not folded, because folding would break the URL. */
    private void setListHeaders(MimeMessage mail, Unsubscribe unsubscribe) throws MessagingException {
        mail.setHeader("List-Unsubscribe", "<" + unsubscribe.url() + ">");
        mail.setHeader("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
        mail.setHeader("List-Id", unsubscribe.listId(properties.domain()));
        mail.setHeader("Precedence", "bulk");
    }

    private MimeMultipart alternatives(MailContent content) throws MessagingException {
        // The last alternative is the preferred one (RFC 2046, section 5.1.4).
        return new MimeMultipart(
                "alternative",
                part("plain", PlainText.of(content, templates.texts())),
                part("html", templates.render("mail.html", content.locale(), Map.of("mail", content))));
    }

    /**
     * Always encoded as quoted-printable: a URL that is signed with a role's credentials has about 1,800 characters,
     * but a line may have 998 (RFC 5322, section 2.1.1).
     */
    private static MimeBodyPart part(String subtype, String text) throws MessagingException {
        PreencodedMimeBodyPart part = new PreencodedMimeBodyPart("quoted-printable");
        part.setDataHandler(new DataHandler(
                new ByteArrayDataSource(QuotedPrintable.encode(text), "text/" + subtype + "; charset=UTF-8")));
        return part;
    }

    /**
     * The {@code Message-ID} of a delivery, with its angle brackets. It is the same in every attempt, so that a mailbox
     * can recognize a duplicate. A delivery id that is not allowed in a header is replaced by a derived one.
     */
    public String messageId(Delivery delivery) {
        String id = SAFE_ID.matcher(delivery.id()).matches()
                ? delivery.id()
                : EventIds.derive(delivery.source().source(), delivery.id(), "mail")
                        .toString();
        return "<" + id + "@" + properties.domain() + ">";
    }

    /** A message with a fixed Message-ID; Jakarta Mail generates one whenever a message is saved. */
    private static final class FixedIdMessage extends MimeMessage {

        private final String id;

        FixedIdMessage(Session session, String id) {
            super(session);
            this.id = id;
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", id);
        }
    }
}
