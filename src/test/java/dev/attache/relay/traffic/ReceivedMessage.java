package dev.attache.relay.traffic;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetHeaders;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeUtility;
import java.io.ByteArrayInputStream;
import java.io.UncheckedIOException;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A message as it was received after DATA, with the dots that SMTP adds removed. */
public final class ReceivedMessage {

    private final byte[] content;
    private final InternetHeaders headers;

    public ReceivedMessage(byte[] content) {
        this.content = content;
        try {
            this.headers = new InternetHeaders(new ByteArrayInputStream(content), true);
        } catch (MessagingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** The whole message, headers included. */
    public byte[] content() {
        return content.clone();
    }

    /** What follows the first empty line, as it was sent. */
    public byte[] body() {
        String latin1 = new String(content, StandardCharsets.ISO_8859_1);
        int end = latin1.startsWith("\r\n") ? 0 : latin1.indexOf("\r\n\r\n") + 2;
        boolean hasBody = end != 1;
        return hasBody ? Arrays.copyOfRange(content, end + 2, content.length) : new byte[0];
    }

    /** All values of a header in their order, as they were sent, folding included. */
    public List<String> headers(String name) {
        String[] values = headers.getHeader(name);
        return values == null ? List.of() : List.of(values);
    }

    public Optional<String> header(String name) {
        return headers(name).stream().findFirst();
    }

    public Optional<String> messageId() {
        return header("Message-ID");
    }

    /** Unfolded and decoded (RFC 2047). */
    public Optional<String> subject() {
        return header("Subject").map(MimeUtility::unfold).map(ReceivedMessage::decoded);
    }

    /** Parsed, for tests that check its parts. */
    public MimeMessage mime() {
        try {
            return new MimeMessage(null, new ByteArrayInputStream(content));
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String decoded(String value) {
        try {
            return MimeUtility.decodeText(value);
        } catch (UnsupportedEncodingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
