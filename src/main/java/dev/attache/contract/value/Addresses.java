package dev.attache.contract.value;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Defines which e-mail addresses are valid recipients: RFC 5321's {@code Mailbox} without its rare forms. The local
 * part is an ASCII dot-string of at most 64 characters; quoted strings are not supported, and neither are non-ASCII
 * characters, which need SMTPUTF8 and so are accepted by few relays. The domain has two labels or more, or is
 * {@code localhost}. It may be internationalized (UTS 46, non-transitional), but not an address literal. An address has
 * at most 254 characters, with the domain in its ASCII form.
 */
public final class Addresses {

    private static final int MAX_LENGTH = 254;
    private static final int MAX_LOCAL_LENGTH = 64;
    private static final String ATOM = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+";
    private static final Pattern LOCAL_PART = Pattern.compile(ATOM + "(\\." + ATOM + ")*+");
    private static final String LABEL = "[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
    private static final Pattern DOMAIN = Pattern.compile("(" + LABEL + "\\.)++(?![0-9]+$)" + LABEL);

    private Addresses() {}

    /** Whether the address is a valid recipient. */
    public static boolean isMailable(String address) {
        try {
            return hasForm(address);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** @throws IllegalArgumentException if the domain cannot be converted to ASCII */
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
     * Converts a domain to the ASCII form that SMTP uses. ASCII domains are not changed.
     *
     * @throws IllegalArgumentException if it is not a valid internationalized domain name; the message is the rest of a
     *     sentence that begins with "the domain", and does not quote the domain
     */
    public static String asciiDomain(String domain) {
        return DomainNames.toAscii(domain);
    }

    /**
     * Returns the address in lower case with its domain in ASCII, so that different spellings of an address are equal.
     * For comparisons only: ids are derived from the address as it was written.
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
     * Checks a list of recipients.
     *
     * @param path the JSON path of the list, for error messages
     * @throws RejectedException {@code ADDRESS_INVALID} with the index of the first invalid entry
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
                    RejectionCode.ADDRESS_INVALID, path + " has no valid address; write one such as ana@example.com");
        }
    }

    /** Removes recipients with the same address, so that each gets one mail. The first one is kept. */
    public static Collection<Recipient> eachOnce(List<Recipient> recipients) {
        Map<String, Recipient> byAddress = new LinkedHashMap<>();
        recipients.forEach(recipient -> byAddress.putIfAbsent(canonical(recipient.address()), recipient));
        return byAddress.values();
    }
}
