package dev.attache.delivery.relay;

import jakarta.mail.MessagingException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A relay's reply to a command (RFC 5321, section 4.2).
 *
 * @param code three digits; -1 when the connection ended or what came is no reply
 * @param text all of its lines, the code included
 */
record SmtpReply(int code, String text) {

    /** RFC 3463, with the null MX of RFC 7505: in class 5, these details say that there is no such recipient. */
    private static final Set<String> ADDRESS_INVALID = Set.of("5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10");

    private static final Pattern ENHANCED =
            Pattern.compile("\\d{3}[ -](\\d\\.\\d{1,3}\\.\\d{1,3})\\b.*", Pattern.DOTALL);

    private static final Pattern WITHIN = Pattern.compile("(?:.*response: )?(\\d{3}[ -].*)", Pattern.DOTALL);

    /** The service shuts down, or closes this connection (RFC 5321, section 3.8). */
    static final int CLOSING = 421;

    static final int START_MAIL_INPUT = 354;

    /** The reply that Angus Mail's exception repeats, in whole or after a sentence of its own, where it does. */
    static Optional<SmtpReply> in(MessagingException error) {
        Matcher matcher = WITHIN.matcher(String.valueOf(error.getMessage()).strip());
        return matcher.matches()
                ? Optional.of(new SmtpReply(Integer.parseInt(matcher.group(1).substring(0, 3)), matcher.group(1)))
                : Optional.empty();
    }

    boolean isPositive() {
        return code >= 200 && code < 300;
    }

    boolean isTransient() {
        return code >= 400 && code < 500;
    }

    boolean isPermanent() {
        return code >= 500 && code < 600;
    }

    /**
     * Whether the relay says that there is no such recipient. Only an enhanced code does: a bare 550 has many meanings.
     */
    boolean saysAddressIsInvalid() {
        return isPermanent() && ADDRESS_INVALID.contains(enhanced());
    }

    /** The enhanced status code (RFC 3463), or an empty text. */
    String enhanced() {
        Matcher matcher = ENHANCED.matcher(text);
        return matcher.matches() ? matcher.group(1) : "";
    }

    /** What a log may hold: the codes, for the relay's words often repeat the address. */
    String masked() {
        return (code + " " + enhanced()).strip();
    }

    /** All of it in one line. */
    String words() {
        return text.strip().replaceAll("\\s*[\\r\\n]+\\s*", " ");
    }
}
