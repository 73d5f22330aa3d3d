package dev.attache.intake;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

import dev.attache.contract.RejectedException;
import dev.attache.contract.RejectionCode;
import org.jspecify.annotations.Nullable;

/** The lines of a recipient list, which is as long as whoever wrote it likes: no line and no list takes more than its bound. */
final class RecipientLines {

    /** The longest recipient, in any script, is half of it. */
    static final int LONGEST_LINE = 4 * 1024;

    /** 1 KiB for each recipient. */
    static final long LARGEST_LIST = Audiences.MOST * 1024L;

    private final InputStream content;

    /** What has been read ahead. Without the lock that the JDK's own buffers take for every octet. */
    private final byte[] ahead = new byte[8 * 1024];

    private int position;

    private int limit;

    private final byte[] line = new byte[LONGEST_LINE];

    private long number;

    private long total;

    /** @param content the caller's to close */
    RecipientLines(InputStream content) {
        this.content = content;
    }

    /** @throws RejectedException {@code TOO_LARGE}, when a list has more bytes than are read */
    static void requireBounded(long bytes) {
        if (bytes > LARGEST_LIST) {
            throw new RejectedException(RejectionCode.TOO_LARGE, "The recipient list has more than " + LARGEST_LIST
                    + " bytes; send several requests");
        }
    }

    /** The number of the line that was read last, from 1. */
    long number() {
        return number;
    }

    /**
     * The next line without its end; absent after the last.
     *
     * @throws RejectedException {@code TOO_LARGE}, {@code CONTRACT_VIOLATION} for a line that is too long, {@code MALFORMED}
     *                           for one that is not UTF-8
     */
    @Nullable String next() throws IOException {
        int octet = octet();
        if (octet < 0) {
            return null;
        }
        number++;
        int length = 0;
        for (; octet >= 0 && octet != '\n'; octet = octet()) {
            requireBounded(++total);
            if (length == LONGEST_LINE) {
                throw new RejectedException(RejectionCode.CONTRACT_VIOLATION, where() + " has more than " + LONGEST_LINE
                        + " bytes; write one recipient a line");
            }
            line[length++] = (byte) octet;
        }
        total++;
        return decoded(length);
    }

    /** The next one, or a negative number after the last. */
    private int octet() throws IOException {
        while (position >= limit) {
            limit = content.read(ahead);
            position = 0;
            if (limit < 0) {
                limit = 0;
                return -1;
            }
        }
        return ahead[position++] & 0xFF;
    }

    private String decoded(int length) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line, 0, length)).toString();
        } catch (CharacterCodingException e) {
            throw new RejectedException(RejectionCode.MALFORMED, where() + " is not UTF-8");
        }
    }

    private String where() {
        return "line " + number + " of the recipient list";
    }
}
