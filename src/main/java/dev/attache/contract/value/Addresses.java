package dev.attache.contract.value;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Which e-mail addresses can be mailed to: RFC 5321's {@code Mailbox} without its rare forms. The local part is a
 * dot-string of ASCII, at most 64 characters (no quoted strings; letters beyond ASCII would need SMTPUTF8, which few
 * relays offer). The domain has two labels or more, or is {@code localhost}; it may be internationalised (UTS 46,
 * non-transitional), and is no address literal. All together has at most 254 characters, the domain counted in its
 * ASCII form.
 */
public final class Addresses {

    private static final int MAX_LENGTH = 254;
    private static final int MAX_LOCAL_LENGTH = 64;
    private static final String ATOM = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+";
    private static final Pattern LOCAL_PART = Pattern.compile(ATOM + "(\\." + ATOM + ")*+");
    private static final String LABEL = "[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
    private static final Pattern DOMAIN = Pattern.compile("(" + LABEL + "\\.)++(?![0-9]+$)" + LABEL);

    private Addresses() {}

    /** Whether a mail can be sent there. */
    public static boolean isMailable(String address) {
        try {
            return hasForm(address);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** @throws IllegalArgumentException for a domain that cannot be converted */
    private static boolean hasForm(String address) {
        int at = address.indexOf('@');
        if (at < 1 || at > MAX_LOCAL_LENGTH || address.length() > MAX_LENGTH) {
            return false;
        }
        String domain = asciiDomain(address.substring(at + 1));
        return at + 1 + domain.length() <= MAX_LENGTH
                && LOCAL_PART.matcher(address).region(0, at).matches()
                && (domain.equals("localhost") || DOMAIN.matcher(domain).matches());
    }

    /**
     * A domain as SMTP takes it. ASCII ones stay as they are.
     *
     * @throws IllegalArgumentException for one that is no internationalised domain name; the message completes "the
     *     domain" and does not quote it
     */
    public static String asciiDomain(String domain) {
        return DomainNames.toAscii(domain);
    }

    /**
     * The same text for all spellings of an address that are one person's: in lower case, its domain in ASCII. For
     * comparisons only; ids are made of the address as it was written.
     */
    public static String canonical(String address) {
        int at = address.lastIndexOf('@') + 1;
        try {
            return (address.substring(0, at) + asciiDomain(address.substring(at))).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException e) {
            return address.toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Checks a list.
     *
     * @param path where in the event it stands
     * @throws RejectedException {@code ADDRESS_INVALID}, naming the first entry that cannot be mailed to by its index
     */
    public static void requireMailable(List<Recipient> recipients, String path) {
        for (int i = 0; i < recipients.size(); i++) {
            requireMailable(recipients.get(i), path + "[" + i + "]");
        }
    }

    public static void requireMailable(Recipient recipient, String path) {
        boolean mailable;
        try {
            mailable = hasForm(recipient.address());
        } catch (IllegalArgumentException e) {
            throw new RejectedException(
                    RejectionCode.ADDRESS_INVALID,
                    path + " has an address whose domain " + e.getMessage() + "; write the domain as it is registered");
        }
        if (!mailable) {
            throw new RejectedException(
                    RejectionCode.ADDRESS_INVALID,
                    path + " has no address that can be mailed to; write one such as ana@example.com");
        }
    }

    /** Somebody who is named twice gets one mail. */
    public static Collection<Recipient> eachOnce(List<Recipient> recipients) {
        Map<String, Recipient> byAddress = new LinkedHashMap<>();
        recipients.forEach(recipient -> byAddress.putIfAbsent(canonical(recipient.address()), recipient));
        return byAddress.values();
    }
}
