package dev.attache.bench.emulator;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One connection to the relay: SMTP (RFC 5321) with PIPELINING (RFC 2920), 8BITMIME and SIZE. Replies are written after
 * all received commands are processed, so that pipelined commands are answered together.
 */
final class SmtpSession {

    private static final int LARGEST_MAIL = 10 * 1024 * 1024;

    /** RFC 5321 allows 512 bytes, and extensions add parameters. */
    private static final int LONGEST_COMMAND = 2048;

    private static final Pattern RECIPIENT =
            Pattern.compile("RCPT TO:\\s*<" + Backlogs.MARK + "(\\d{1,18})@[^>]*>.*", Pattern.CASE_INSENSITIVE);

    private final InputStream in;

    private final OutputStream out;

    private final ReceivedMails mails;

    private final byte[] buffer = new byte[16 * 1024];

    private int position;

    private int limit;

    private final ByteArrayOutputStream replies = new ByteArrayOutputStream(256);

    private boolean hasSender;

    private final List<Long> recipients = new ArrayList<>();

    SmtpSession(InputStream in, OutputStream out, ReceivedMails mails) {
        this.in = in;
        this.out = out;
        this.mails = mails;
    }

    /** Runs until the client quits or closes the connection. */
    void run() throws IOException {
        reply("220 bench ESMTP");
        String line = command();
        while (line != null) {
            String verb = line.length() < 4 ? line : line.substring(0, 4).toUpperCase(Locale.ROOT);
            if (verb.equals("QUIT")) {
                reply("221 Bye");
                flush();
                return;
            }
            answer(verb, line);
            line = command();
        }
    }

    private void answer(String verb, String line) throws IOException {
        switch (verb) {
            case "EHLO" -> {
                reset();
                reply("250-bench");
                reply("250-PIPELINING");
                reply("250-8BITMIME");
                reply("250 SIZE " + LARGEST_MAIL);
            }
            case "HELO" -> {
                reset();
                reply("250 bench");
            }
            case "MAIL" -> mail();
            case "RCPT" -> recipient(line);
            case "DATA" -> data();
            case "RSET" -> {
                reset();
                reply("250 OK");
            }
            case "NOOP" -> reply("250 OK");
            default -> reply("502 Command not implemented");
        }
    }

    private void mail() {
        if (hasSender) {
            reply("503 There is a sender already");
            return;
        }
        hasSender = true;
        reply("250 OK");
    }

    private void recipient(String line) {
        Matcher address = RECIPIENT.matcher(line);
        if (!hasSender) {
            reply("503 MAIL comes first");
        } else if (address.matches()) {
            recipients.add(Long.parseLong(address.group(1)));
            reply("250 OK");
        } else {
            reply("550 5.1.1 No recipient of the backlog has this address");
        }
    }

    private void data() throws IOException {
        if (recipients.isEmpty()) {
            reply("503 RCPT comes first");
            return;
        }
        reply("354 End with a dot");
        long size = content();
        if (size > LARGEST_MAIL) {
            reply("552 5.3.4 The mail is too large");
        } else {
            // Counted before the reply, so that the count includes every mail whose reply was received.
            mails.accepted(recipients, size);
            reply("250 OK");
        }
        reset();
    }

    private void reset() {
        hasSender = false;
        recipients.clear();
    }

    /**
     * The state while the content of a mail is read (RFC 5321, section 4.5.2: a dot alone on a line ends it, a dot
     * before others is removed).
     */
    private enum Place {
        LINE_START,
        LEADING_DOT,
        AFTER_DOT_AND_CR,
        AFTER_CR,
        WITHIN_LINE,
        END
    }

    /** Reads to the dot that ends the content: its size without dot-stuffing and without the end. */
    private long content() throws IOException {
        long size = 0;
        Place place = Place.LINE_START;
        while (place != Place.END) {
            int octet = octet();
            if (octet < 0) {
                throw new IOException("The connection ended within a mail");
            }
            size++;
            place = switch (place) {
                case LINE_START -> octet == '.' ? Place.LEADING_DOT : within(octet);
                case LEADING_DOT -> {
                    size--;
                    yield octet == '\r' ? Place.AFTER_DOT_AND_CR : within(octet);
                }
                case AFTER_DOT_AND_CR -> octet == '\n' ? Place.END : within(octet);
                case AFTER_CR -> octet == '\n' ? Place.LINE_START : within(octet);
                case WITHIN_LINE, END -> within(octet);
            };
        }
        return size - "\r\n".length();
    }

    private static Place within(int octet) {
        return octet == '\r' ? Place.AFTER_CR : Place.WITHIN_LINE;
    }

    /** The next line without its end, or null if the client has closed the connection. */
    private String command() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(128);
        int octet = octet();
        while (octet >= 0 && octet != '\n') {
            if (line.size() == LONGEST_COMMAND) {
                throw new IOException("A command is longer than " + LONGEST_COMMAND + " bytes");
            }
            line.write(octet);
            octet = octet();
        }
        return octet < 0 ? null : line.toString(StandardCharsets.UTF_8).stripTrailing();
    }

    private int octet() throws IOException {
        if (position == limit) {
            flush();
            limit = Math.max(0, in.read(buffer));
            position = 0;
            if (limit == 0) {
                return -1;
            }
        }
        return buffer[position++] & 0xFF;
    }

    private void reply(String line) {
        replies.writeBytes((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    private void flush() throws IOException {
        if (replies.size() > 0) {
            replies.writeTo(out);
            out.flush();
            replies.reset();
        }
    }
}
