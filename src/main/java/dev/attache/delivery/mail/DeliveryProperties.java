package dev.attache.delivery.mail;

import dev.attache.wording.Languages;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How mails leave.
 *
 * @param from the address that mails come from, with a name where one is wanted: {@code Acme <files@acme.example>}.
 *     Required.
 * @param replyTo where answers go; to {@code from} when absent
 * @param timeZone the zone of dates for recipients whose own is not known
 * @param defaultLocale the language for recipients whose own is not known, or not among ours
 */
@ConfigurationProperties("attache.mail")
public record DeliveryProperties(
        @Nullable String from,
        @Nullable String replyTo,
        @DefaultValue("UTC") ZoneId timeZone,
        @DefaultValue("en") Locale defaultLocale) {

    public DeliveryProperties {
        if (from == null || from.isBlank()) {
            throw new IllegalArgumentException("attache.mail.from is not set: name the address that mails come from, "
                    + "such as ATTACHE_MAIL_FROM='Acme <files@acme.example>'");
        }
        mailbox("attache.mail.from", from);
        if (replyTo != null && !replyTo.isBlank()) {
            mailbox("attache.mail.reply-to", replyTo);
        } else {
            replyTo = null;
        }
        try {
            new Languages(defaultLocale);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("attache.mail.default-locale: " + e.getMessage());
        }
    }

    public InternetAddress fromAddress() {
        return mailbox("attache.mail.from", String.valueOf(from));
    }

    public @Nullable InternetAddress replyToAddress() {
        return replyTo == null ? null : mailbox("attache.mail.reply-to", replyTo);
    }

    /** What stands after the {@code @} of {@code from}; it also makes our message ids unique. */
    public String domain() {
        String address = fromAddress().getAddress();
        return address.substring(address.lastIndexOf('@') + 1);
    }

    /** Spring Boot reports the innermost cause, so none is given: it would hide the name of the property. */
    private static InternetAddress mailbox(String property, String value) {
        try {
            InternetAddress mailbox = new InternetAddress(value, true);
            if (mailbox.isGroup() || !mailbox.getAddress().contains("@")) {
                throw new AddressException("not one address with a domain");
            }
            mailbox.setPersonal(mailbox.getPersonal(), StandardCharsets.UTF_8.name());
            return mailbox;
        } catch (AddressException | UnsupportedEncodingException e) {
            throw new IllegalArgumentException(("%s is '%s', which is not a mail address (%s): "
                            + "write it as files@acme.example or Acme <files@acme.example>")
                    .formatted(property, value, e.getMessage()));
        }
    }
}
