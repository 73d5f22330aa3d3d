package dev.attache.delivery.mail;

import dev.attache.contract.value.Addresses;
import dev.attache.contract.value.Recipient;
import dev.attache.contract.value.RejectedException;
import dev.attache.contract.value.RejectionCode;
import dev.attache.wording.DisplayText;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Converts a recipient to the {@code To} address of a mail. */
final class RecipientAddress {

    /** One plain address, without name, list, group or comment, and without characters that could end the header. */
    private static final Pattern BARE =
            Pattern.compile("[^\\s\\p{Cntrl}<>(),;:\"\\\\@]+@[^\\s\\p{Cntrl}<>(),;:\"\\\\@]+");

    private RecipientAddress() {}

    /** @throws RejectedException {@code ADDRESS_INVALID} */
    static InternetAddress of(Recipient recipient) {
        String address = recipient.address().strip();
        if (!BARE.matcher(address).matches()) {
            throw invalid("it is not one plain address");
        }
        int at = address.lastIndexOf('@');
        if (!address.substring(0, at).chars().allMatch(c -> c < 0x80)) {
            throw invalid("the part before the @ is not ASCII, which relays without SMTPUTF8 do not accept");
        }
        try {
            InternetAddress to =
                    new InternetAddress(address.substring(0, at) + "@" + domain(address.substring(at + 1)), true);
            DisplayText.name(recipient.name()).ifPresent(name -> setName(to, name));
            return to;
        } catch (AddressException e) {
            throw invalid("it does not conform to RFC 5322");
        }
    }

    static void setName(InternetAddress address, String name) {
        try {
            address.setPersonal(name, StandardCharsets.UTF_8.name());
        } catch (UnsupportedEncodingException e) {
            throw new IllegalStateException("Every Java platform has UTF-8", e);
        }
    }

    private static String domain(String given) {
        try {
            return Addresses.asciiDomain(given);
        } catch (IllegalArgumentException e) {
            throw invalid("its domain " + e.getMessage());
        }
    }

    /** The text does not contain the address, because it is published and logged. */
    private static RejectedException invalid(String why) {
        return new RejectedException(RejectionCode.ADDRESS_INVALID, "The recipient's address is not valid: " + why);
    }
}
