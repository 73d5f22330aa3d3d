package dev.attache.intake;

import dev.attache.contract.value.RejectedException;
import dev.attache.contract.value.RejectionCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads the lines of a recipient list: UTF-8, with or without a byte-order mark, each ending with LF, CR LF or CR.
 * After an invalid line, the next call continues with the line after it.
 */
final class RecipientLines {

    /** In bytes; twice the length of the longest possible recipient. */
    static final int LONGEST_LINE = 4 * 1024;

    /** In bytes; 1 KiB for each recipient. */
    static final long LARGEST_LIST = AudienceSplitter.MOST * 1024L;

    private final InputStream content;

    /** A buffer without locks: the JDK's buffered streams acquire a lock for each byte. */
    private final byte[] ahead = new byte[8 * 1024];

    private int position;

    private int limit;

    private final byte[] line = new byte[LONGEST_LINE];

    private long number;

    /** Whether the last line ended with CR, so that a following LF belongs to the same line end. */
    private boolean afterCarriageReturn;

    /** @param content is not closed */
    RecipientLines(InputStream content) {
        this.content = content;
    }

    /** @throws RejectedException {@code TOO_LARGE} if a list has more bytes than the limit */
    static void requireBounded(long bytes) {
        if (bytes > LARGEST_LIST) {
            throw new RejectedException(
                    RejectionCode.TOO_LARGE,
                    "The recipient list has more than " + LARGEST_LIST + " bytes; send several requests");
        }
    }

    /** The number of the last line that was read, from 1. */
    long number() {
        return number;
    }

    /**
     * Returns the next line without its line end; null after the last.
     *
     * @throws RejectedException {@code CONTRACT_VIOLATION} if the line is too long, {@code MALFORMED} if it is not
     *     UTF-8
     */
    @Nullable
    String next() throws IOException {
        int octet = firstOctet();
        if (octet < 0) {
            return null;
        }
        number++;
        int length = 0;
        for (; octet >= 0 && octet != '\n' && octet != '\r'; octet = octet()) {
            if (length < LONGEST_LINE) {
                line[length] = (byte) octet;
            }
            length++;
        }
        afterCarriageReturn = octet == '\r';
        if (length > LONGEST_LINE) {
            throw new RejectedException(
                    RejectionCode.CONTRACT_VIOLATION,
                    where() + " has more than " + LONGEST_LINE + " bytes; write one recipient per line");
        }
        return decoded(length);
    }

    private int firstOctet() throws IOException {
        int octet = octet();
        if (number == 0 && octet >= 0) {
            return behindByteOrderMark(octet);
        }
        return octet == '\n' && afterCarriageReturn ? octet() : octet;
    }

    /**
     * Detects UTF-16 and UTF-32 by their byte-order marks (Unicode, table 23-4), or by a zero in the first two bytes,
     * which ASCII characters have in UTF-16. Skips a byte-order mark of UTF-8.
     */
    private int behindByteOrderMark(int octet) throws IOException {
        int second = position < limit ? ahead[position] & 0xFF : -1;
        if ((octet == 0xFE && second == 0xFF) || (octet == 0xFF && second == 0xFE) || octet == 0 || second == 0) {
            throw new RejectedException(
                    RejectionCode.MALFORMED,
                    "The recipient list is UTF-16 or UTF-32, such as Excel's \"Unicode text\";" + " save it as UTF-8");
        }
        if (octet == 0xEF && second == 0xBB && limit > 2 && (ahead[2] & 0xFF) == 0xBF) {
            position = 3;
            return octet();
        }
        return octet;
    }

    /** The next byte; negative after the last. */
    private int octet() throws IOException {
        if (position == limit) {
            limit = content.readNBytes(ahead, 0, ahead.length);
            position = 0;
            if (limit == 0) {
                return -1;
            }
        }
        return ahead[position++] & 0xFF;
    }

    private String decoded(int length) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(line, 0, length))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new RejectedException(
                    RejectionCode.MALFORMED,
                    where() + " is not UTF-8, but perhaps Latin-1 or Windows-1252;" + " save the list as UTF-8");
        }
    }

    private String where() {
        return "line " + number + " of the recipient list";
    }
}
