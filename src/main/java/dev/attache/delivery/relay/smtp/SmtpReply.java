package dev.attache.delivery.relay.smtp;

import jakarta.mail.MessagingException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A relay's reply to a command (RFC 5321, section 4.2).
 *
 * @param code three digits; -1 if the connection ended or the server sent something else than a reply
 * @param text all lines, with the code
 */
record SmtpReply(int code, String text) {

    /** The enhanced codes that say that a recipient does not exist (RFC 3463, and RFC 7505 for a null MX). */
    private static final Set<String> ADDRESS_INVALID = Set.of("5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10");

    private static final Pattern ENHANCED =
            Pattern.compile("\\d{3}[ -](\\d\\.\\d{1,3}\\.\\d{1,3})\\b.*", Pattern.DOTALL);

    private static final Pattern WITHIN = Pattern.compile("(?:.*response: )?(\\d{3}[ -].*)", Pattern.DOTALL);

    /** The server shuts down or closes this connection (RFC 5321, section 3.8). */
    static final int CLOSING = 421;

    static final int START_MAIL_INPUT = 354;

    /** The reply in the message of an Angus Mail exception; empty if it has none. */
    static Optional<SmtpReply> in(MessagingException error) {
        Matcher matcher = WITHIN.matcher(String.valueOf(error.getMessage()).strip());
        return matcher.matches()
                ? Optional.of(new SmtpReply(Integer.parseInt(matcher.group(1).substring(0, 3)), matcher.group(1)))
                : Optional.empty();
    }

    boolean isPositive() {
        return code >= 200 && code < 300;
    }

    boolean isPermanent() {
        return code >= 500 && code < 600;
    }

    /**
     * Whether the relay says that the recipient does not exist. Only enhanced codes are used: 550 has many meanings.
     */
    boolean saysAddressIsInvalid() {
        return isPermanent() && ADDRESS_INVALID.contains(enhanced());
    }

    /** The enhanced status code (RFC 3463); empty if there is none. */
    String enhanced() {
        Matcher matcher = ENHANCED.matcher(text);
        return matcher.matches() ? matcher.group(1) : "";
    }

    /** The codes only. The text often contains the address, which must not be logged. */
    String masked() {
        return (code + " " + enhanced()).strip();
    }

    /** The text in one line. */
    String singleLine() {
        return text.strip().replaceAll("\\s*[\\r\\n]+\\s*", " ");
    }
}
