package dev.attache.delivery.mail;

import dev.attache.role.ConditionalOnRole;
import dev.attache.role.Role;
import dev.attache.wording.Languages;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of mails.
 *
 * @param from the address that mails come from, optionally with a name: {@code Acme <files@acme.example>}. Required
 * @param replyTo the address for replies; null if they go to {@code from}
 * @param timeZone the time zone of dates for recipients whose time zone is unknown
 * @param defaultLocale the language for recipients whose language is unknown or has no texts
 * @param headers further headers of all mails, each as {@code Name: value}
 */
@ConfigurationProperties("attache.mail")
@ConditionalOnRole({Role.WORKER, Role.CONSOLE})
public record DeliveryProperties(
        @Nullable String from,
        @Nullable String replyTo,
        @DefaultValue("UTC") ZoneId timeZone,
        @DefaultValue("en") Locale defaultLocale,
        @DefaultValue List<String> headers) {

    public DeliveryProperties {
        if (from == null || from.isBlank()) {
            throw new IllegalArgumentException(
                    "attache.mail.from is not set: set it to the address that mails come from, "
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
        headers = List.copyOf(headers);
        headers.forEach(ExtraHeader::of);
    }

    List<ExtraHeader> extraHeaders() {
        return headers.stream().map(ExtraHeader::of).toList();
    }

    public InternetAddress fromAddress() {
        return mailbox("attache.mail.from", String.valueOf(from));
    }

    public @Nullable InternetAddress replyToAddress() {
        return replyTo == null ? null : mailbox("attache.mail.reply-to", replyTo);
    }

    /** The domain of {@code from}, which is also the domain of message ids. */
    public String domain() {
        String address = fromAddress().getAddress();
        return address.substring(address.lastIndexOf('@') + 1);
    }

    /** The exception has no cause, because Spring Boot reports the innermost one without the name of the property. */
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
