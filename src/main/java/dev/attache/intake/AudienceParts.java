package dev.attache.intake;

import dev.attache.contract.value.Recipient;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * Iterates over the parts of a recipient list, and reads the list as needed. A part has a hundred recipients; if they
 * do not fit in one message, it is halved until they do. The same list always gives the same parts.
 */
final class AudienceParts implements Iterator<AudienceSplitter.Part> {

    private final ListedRecipients recipients;

    /** The positions of repeated recipients, which are skipped. */
    private final BitSet again;

    private final Writer writer;

    /** Recipients that were read and are not in a part yet, in the order of the list. */
    private final Deque<Slice> read = new ArrayDeque<>();

    private int entries;

    private int offset;

    /** Creates a part; returns empty if the recipients do not fit in one message. A single recipient always fits. */
    @FunctionalInterface
    interface Writer {

        Optional<AudienceSplitter.Part> part(int offset, List<Recipient> recipients);
    }

    /** @param offset the position of the first recipient in the list, without repeated ones */
    private record Slice(int offset, List<Recipient> recipients) {}

    AudienceParts(ListedRecipients recipients, BitSet again, Writer writer) {
        this.recipients = recipients;
        this.again = again;
        this.writer = writer;
    }

    @Override
    public boolean hasNext() {
        if (read.isEmpty()) {
            Slice next = readOn();
            if (!next.recipients().isEmpty()) {
                read.push(next);
                offset += next.recipients().size();
            }
        }
        return !read.isEmpty();
    }

    private Slice readOn() {
        List<Recipient> some = new ArrayList<>(AudienceSplitter.MOST_IN_PART);
        while (some.size() < AudienceSplitter.MOST_IN_PART) {
            Recipient recipient = recipients.next();
            if (recipient == null) {
                break;
            }
            if (!again.get(entries++)) {
                some.add(recipient);
            }
        }
        return new Slice(offset, some);
    }

    @Override
    public AudienceSplitter.Part next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        while (true) {
            Slice slice = read.pop();
            Optional<AudienceSplitter.Part> part = writer.part(slice.offset(), slice.recipients());
            if (part.isPresent()) {
                return part.get();
            }
            int half = slice.recipients().size() / 2;
            read.push(new Slice(
                    slice.offset() + half,
                    slice.recipients().subList(half, slice.recipients().size())));
            read.push(new Slice(slice.offset(), slice.recipients().subList(0, half)));
        }
    }
}
