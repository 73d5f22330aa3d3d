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
 * The parts of a list, read and written one by one: a hundred recipients each, and where those are too many for one
 * message, half of them, and so on. The same list is always cut at the same places.
 */
final class AudienceParts implements Iterator<AudienceSplitter.Part> {

    private final ListedRecipients recipients;

    /** The places of those who are named again, who are left out. */
    private final BitSet again;

    private final Writer writer;

    /** What has been read and not written, in the order of the list. */
    private final Deque<Slice> read = new ArrayDeque<>();

    private int entries;

    private int offset;

    /** Makes a part of recipients; empty when they are too many for one message. Throws when a single one is. */
    @FunctionalInterface
    interface Writer {

        Optional<AudienceSplitter.Part> part(int offset, List<Recipient> recipients);
    }

    /** @param offset the place of the first among all */
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
