package dev.attache.intake;

import dev.attache.contract.EventCodec;
import dev.attache.contract.value.Recipient;
import dev.attache.contract.value.RejectedException;
import dev.attache.contract.value.RejectionCode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the recipients of a list one by one, including repeated ones. */
final class ListedRecipients {

    private final EventCodec codec;

    private final RecipientLines lines;

    private boolean first = true;

    ListedRecipients(EventCodec codec, InputStream content) {
        this.codec = codec;
        this.lines = new RecipientLines(content);
    }

    /** The number of the line of the last recipient, from 1. */
    long line() {
        return lines.number();
    }

    /**
     * Returns the next recipient; null after the last.
     *
     * @throws RejectedException if the next line is not a recipient; the next call continues after that line
     * @throws UncheckedIOException if the list cannot be read
     */
    @Nullable
    Recipient next() {
        try {
            return read();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private @Nullable Recipient read() throws IOException {
        for (String line = lines.next(); line != null; line = lines.next()) {
            String entry = ListEntries.cleaned(line);
            if (entry.isEmpty()) {
                continue;
            }
            boolean isFirst = first;
            first = false;
            if (isFirst && ListEntries.isHeading(entry)) {
                continue;
            }
            Optional<String> oddity = ListEntries.oddity(entry, isFirst);
            if (oddity.isPresent()) {
                throw new RejectedException(
                        RejectionCode.ADDRESS_INVALID, ListProblems.where(line()) + " " + oddity.get());
            }
            return codec.readRecipient(entry, line());
        }
        return null;
    }
}
