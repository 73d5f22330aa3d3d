package dev.attache.bench.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SmtpSessionTests {

    private final ReceivedMails mails = new ReceivedMails();

    @BeforeEach
    void expectTenPeople() {
        mails.expect(0, 10);
    }

    @Test
    void severalPipelinedMailsOfOneConnectionAreEachCounted() throws IOException {
        List<String> codes = codes(
                "EHLO client",
                "MAIL FROM:<a@example.com> BODY=8BITMIME",
                "RCPT TO:<bench-1@example.com>",
                "DATA",
                "Subject: one",
                "",
                "text",
                ".",
                "MAIL FROM:<a@example.com>",
                "rcpt to:<bench-2@example.com>",
                "DATA",
                ".",
                "QUIT");

        assertThat(codes)
                .containsExactly(
                        "220", "250", "250", "250", "250", "250", "250", "354", "250", "250", "250", "354", "250",
                        "221");
        assertThat(mails.all())
                .containsEntry("mails", 2L)
                .containsEntry("mailsDistinct", 2L)
                .containsEntry("mailsDuplicate", 0L)
                .containsEntry("mailBytes", (long) "Subject: one\r\n\r\ntext\r\n".length());
    }

    @Test
    void aLineThatBeginsWithADotDoesNotEndTheMail() throws IOException {
        codes(
                "EHLO client",
                "MAIL FROM:<a@example.com>",
                "RCPT TO:<bench-1@example.com>",
                "DATA",
                "..",
                "..text",
                ".",
                "QUIT");

        assertThat(mails.all()).containsEntry("mails", 1L).containsEntry("mailBytes", (long) ".\r\n.text\r\n".length());
    }

    @Test
    void aSecondMailToTheSamePersonIsADuplicate() throws IOException {
        codes(
                "EHLO client",
                "MAIL FROM:<a@example.com>",
                "RCPT TO:<bench-1@example.com>",
                "DATA",
                ".",
                "MAIL FROM:<a@example.com>",
                "RCPT TO:<bench-1@example.com>",
                "DATA",
                ".",
                "QUIT");

        assertThat(mails.all())
                .containsEntry("mails", 2L)
                .containsEntry("mailsDistinct", 1L)
                .containsEntry("mailsDuplicate", 1L);
    }

    @Test
    void aMailToAPersonOfAnEarlierBacklogIsUnexpected() throws IOException {
        mails.expect(5, 10);

        codes("EHLO client", "MAIL FROM:<a@example.com>", "RCPT TO:<bench-1@example.com>", "DATA", ".", "QUIT");

        assertThat(mails.all()).containsEntry("mailsDistinct", 0L).containsEntry("mailsUnexpected", 1L);
    }

    @Test
    void resetForgetsTheRecipients() throws IOException {
        List<String> codes = codes(
                "EHLO client",
                "MAIL FROM:<a@example.com>",
                "RCPT TO:<bench-1@example.com>",
                "RSET",
                "NOOP",
                "DATA",
                "QUIT");

        assertThat(codes).endsWith("250", "250", "503", "221");
        assertThat(mails.all()).containsEntry("mails", 0L);
    }

    @Test
    void anAddressOutsideTheBacklogIsRefused() throws IOException {
        assertThat(codes("EHLO client", "MAIL FROM:<a@example.com>", "RCPT TO:<someone@example.com>", "QUIT"))
                .endsWith("550", "221");
    }

    private List<String> codes(String... lines) throws IOException {
        String sent = String.join("\r\n", lines) + "\r\n";
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new SmtpSession(new ByteArrayInputStream(sent.getBytes(StandardCharsets.US_ASCII)), out, mails).run();
        return Stream.of(out.toString(StandardCharsets.US_ASCII).split("\r\n"))
                .map(reply -> reply.substring(0, 3))
                .toList();
    }
}
