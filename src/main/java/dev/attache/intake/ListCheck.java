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
 * The result of the first reading of a recipient list. It does not keep the recipients: for each address it keeps 16
 * bytes during the reading, and one bit afterwards.
 *
 * @param again the positions of repeated recipients among all entries, from 0
 * @param largest the recipient with the longest JSON
 */
record ListCheck(BitSet again, Recipient largest) {

    /**
     * @throws RejectedException if the list is empty or too long, or if lines are not recipients; the message names all
     *     such lines, up to a limit
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
                    // It concerns the whole list, so there are no lines to continue with.
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
                    RejectionCode.CONTRACT_VIOLATION, "The recipient list has no recipients; write one per line");
        }
        return new ListCheck(again, largest);
    }

    /** 122 bits of a SHA-1 hash, so that different addresses practically never have the same fingerprint. */
    private static UUID fingerprint(Recipient recipient) {
        return EventIds.derive("recipient-list", Addresses.canonical(recipient.address()));
    }

    /** The length of the values as JSON, in bytes of UTF-8, without property names. */
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
