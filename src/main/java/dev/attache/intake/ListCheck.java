package dev.attache.intake;

import dev.attache.contract.AttachmentRequested;
import dev.attache.contract.EventIds;
import dev.attache.contract.UnsubscribeUrls;
import dev.attache.contract.value.Addresses;
import dev.attache.contract.value.Recipient;
import dev.attache.contract.value.RejectedException;
import dev.attache.contract.value.RejectionCode;
import java.util.BitSet;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the first reading of a recipient list has found. It keeps no recipients: of an address 16 bytes are remembered
 * while the list is read, and a bit afterwards.
 *
 * @param again the places of those who are named again, counted from 0 over all entries
 * @param largest the recipient that takes the most room in an event
 */
record ListCheck(BitSet again, Recipient largest) {

    /**
     * @throws RejectedException when the list is empty or too long, or when a line is no recipient: with all such
     *     lines, up to a limit
     */
    static ListCheck of(ListedRecipients recipients, AttachmentRequested request) {
        ListProblems problems = new ListProblems();
        Set<UUID> addresses = new HashSet<>();
        BitSet again = new BitSet();
        Recipient largest = null;
        int length = 0;
        for (int entries = 0; !problems.isFull(); ) {
            Recipient recipient;
            try {
                recipient = recipients.next();
                if (recipient == null) {
                    break;
                }
                UnsubscribeUrls.requireUsable(request, recipient, ListProblems.where(recipients.line()));
            } catch (RejectedException e) {
                if (recipients.line() == 0) {
                    // It is about the list as a whole: what follows are no lines.
                    throw e;
                }
                problems.add(recipients.line(), e);
                continue;
            }
            if (addresses.size() == AudienceSplitter.MOST) {
                throw new RejectedException(
                        RejectionCode.TOO_MANY_RECIPIENTS,
                        "The recipient list has more than " + AudienceSplitter.MOST
                                + " recipients; send several requests");
            }
            again.set(entries++, !addresses.add(fingerprint(recipient)));
            if (jsonLength(recipient) > length) {
                largest = recipient;
                length = jsonLength(recipient);
            }
        }
        problems.rejectIfAny();
        if (largest == null) {
            throw new RejectedException(
                    RejectionCode.CONTRACT_VIOLATION, "The recipient list has no recipients; write one a line");
        }
        return new ListCheck(again, largest);
    }

    /** Of 122 bits of SHA-1: no two addresses have the same. */
    private static UUID fingerprint(Recipient recipient) {
        return EventIds.derive("recipient-list", Addresses.canonical(recipient.address()));
    }

    /** Within an event, in bytes of UTF-8; names of properties do not count. */
    private static int jsonLength(Recipient recipient) {
        return jsonLength(recipient.address())
                + jsonLength(recipient.name())
                + jsonLength(recipient.locale())
                + jsonLength(recipient.timeZone());
    }

    private static int jsonLength(@Nullable String text) {
        if (text == null) {
            return 0;
        }
        int length = 20;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            length += c == '"' || c == '\\' || Character.isSurrogate(c) ? 2 : c < 0x80 ? 1 : c < 0x800 ? 2 : 3;
        }
        return length;
    }
}
