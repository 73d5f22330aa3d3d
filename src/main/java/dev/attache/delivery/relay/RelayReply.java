package dev.attache.delivery.relay;

import java.util.Locale;
import java.util.regex.Pattern;

/** A relay's reply to a mail that it accepted, as it may be stored and shown. */
final class RelayReply {

    /**
     * RFC 5321, section 4.5.3.1.5: a line of a reply has at most 512 bytes; the part that identifies a mail is short.
     */
    private static final int LONGEST = 200;

    private static final String MASK = "[address]";

    /**
     * An address in any notation, also with the sign written as in quoted-printable, in URLs or in bounce addresses.
     */
    private static final Pattern ADDRESS = Pattern.compile("[^\\s<>,;()\\[\\]]+(?:@|%40|=40)[^\\s<>,;()\\[\\]]+");

    private static final Pattern INVISIBLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Cn}\\p{Zl}\\p{Zp}\\s]+");

    private RelayReply() {}

    /**
     * Returns the reply in one line without addresses. Relays often name the recipient, also only the part before the
     * {@code @}.
     *
     * @param recipient the recipient of the mail
     */
    static String withoutAddresses(String reply, String recipient) {
        String line = INVISIBLE.matcher(reply).replaceAll(" ").strip();
        String masked = ADDRESS.matcher(line).replaceAll(MASK);
        int at = recipient.lastIndexOf('@');
        String mailbox = at < 0 ? recipient : recipient.substring(0, at);
        String whole =
                mailbox.isEmpty() ? masked : word(mailbox).matcher(masked).replaceAll(MASK);
        return whole.length() > LONGEST ? whole.substring(0, LONGEST) + "…" : whole;
    }

    private static Pattern word(String text) {
        return Pattern.compile(
                "(?<![\\p{L}\\p{N}.])" + Pattern.quote(text.toLowerCase(Locale.ROOT)) + "(?![\\p{L}\\p{N}.])",
                Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    }
}
