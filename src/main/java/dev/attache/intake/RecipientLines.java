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
 * The lines of a recipient list: UTF-8, with or without a byte-order mark, each ending with LF, CR LF or CR. A line
 * that cannot be read does not end the reading: the next call goes on behind it.
 */
final class RecipientLines {

    /** The longest recipient, in any script, is half of it. */
    static final int LONGEST_LINE = 4 * 1024;

    /** 1 KiB for each recipient. */
    static final long LARGEST_LIST = AudienceSplitter.MOST * 1024L;

    private final InputStream content;

    /** What has been read ahead. Without the lock that the JDK's own buffers take for every octet. */
    private final byte[] ahead = new byte[8 * 1024];

    private int position;

    private int limit;

    private final byte[] line = new byte[LONGEST_LINE];

    private long number;

    /** Whether the last line ended with CR: an LF that follows belongs to the same end. */
    private boolean afterCarriageReturn;

    /** @param content the caller's to close */
    RecipientLines(InputStream content) {
        this.content = content;
    }

    /** @throws RejectedException {@code TOO_LARGE}, when a list has more bytes than are read */
    static void requireBounded(long bytes) {
        if (bytes > LARGEST_LIST) {
            throw new RejectedException(
                    RejectionCode.TOO_LARGE,
                    "The recipient list has more than " + LARGEST_LIST + " bytes; send several requests");
        }
    }

    /** The number of the line that was read last, from 1. */
    long number() {
        return number;
    }

    /**
     * The next line without its end; absent after the last.
     *
     * @throws RejectedException {@code CONTRACT_VIOLATION} for a line that is too long, {@code MALFORMED} for one that
     *     is not UTF-8
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
                    where() + " has more than " + LONGEST_LINE + " bytes; write one recipient a line");
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
     * A recipient of a list in UTF-8 begins with no such octets (Unicode, table 23-4); ASCII in UTF-16 has a zero in
     * each pair.
     */
    private int behindByteOrderMark(int octet) throws IOException {
        int second = position < limit ? ahead[position] & 0xFF : -1;
        if ((octet == 0xFE && second == 0xFF) || (octet == 0xFF && second == 0xFE) || octet == 0 || second == 0) {
            throw new RejectedException(
                    RejectionCode.MALFORMED,
                    "The recipient list is UTF-16 or UTF-32, as Excel's \"Unicode text\" is;" + " save it as UTF-8");
        }
        if (octet == 0xEF && second == 0xBB && limit > 2 && (ahead[2] & 0xFF) == 0xBF) {
            position = 3;
            return octet();
        }
        return octet;
    }

    /** The next one, or a negative number after the last. */
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
