package dev.attache.bench.emulator;

import java.util.BitSet;
import java.util.List;
import java.util.Map;

/** Counts what the relay accepted: mails by the number in the recipient's address, and connections. */
final class ReceivedMails {

    private long connections;

    private long mails;

    private long bytes;

    private long distinct;

    private long duplicates;

    private long unexpected;

    private long first;

    private long end;

    private final BitSet seen = new BitSet();

    /** Sets the numbers of the recipients who must get one mail each from now on. */
    synchronized void expect(long from, long to) {
        first = from;
        end = to;
        seen.clear();
    }

    synchronized void connected() {
        connections++;
    }

    /**
     * A mail that the relay has accepted.
     *
     * @param recipients the numbers in their addresses
     * @param size bytes of content, without dot-stuffing
     */
    synchronized void accepted(List<Long> recipients, long size) {
        bytes += size;
        for (long number : recipients) {
            mails++;
            int index = Math.toIntExact(number - first);
            if (number < first || number >= end) {
                unexpected++;
            } else if (seen.get(index)) {
                duplicates++;
            } else {
                seen.set(index);
                distinct++;
            }
        }
    }

    /** All counts since the start of the process. */
    synchronized Map<String, Long> all() {
        return Map.of(
                "smtpConnections",
                connections,
                "mails",
                mails,
                "mailBytes",
                bytes,
                "mailsDistinct",
                distinct,
                "mailsDuplicate",
                duplicates,
                "mailsUnexpected",
                unexpected);
    }
}
