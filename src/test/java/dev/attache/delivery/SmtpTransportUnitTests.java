package dev.attache.delivery;

import java.util.Map;

import dev.attache.contract.LinkIssued.Purpose;
import dev.attache.contract.Recipient;
import dev.attache.contract.RejectedException;
import dev.attache.contract.RejectionCode;
import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mail.MailSendException;
import org.springframework.mail.javamail.JavaMailSenderImpl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class SmtpTransportUnitTests {

    private final Desk desk = new Desk();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            550 | 550 5.1.1 <ana@example.com>: no such user
            550 | 550 No such user here
            553 | 553 5.1.3 Bad recipient address syntax
            """)
    void aRecipientThatDoesNotExistIsRefusedForGood(int code, String reply) throws Exception {
        SmtpTransport transport = new SmtpTransport(new RefusingRelay(refusal(code, reply)));

        assertThatExceptionOfType(RejectedException.class).isThrownBy(() -> transport.send(mail()))
                .satisfies(e -> assertThat(e.code()).isEqualTo(RejectionCode.ADDRESS_INVALID))
                .satisfies(e -> assertThat(e.detail()).contains(String.valueOf(code)).doesNotContain("ana@"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            550 | 550 5.7.1 Relaying denied
            550 | 550 5.7.606 Access denied, banned sending IP
            450 | 450 4.2.1 Mailbox busy
            452 | 452 4.3.1 Out of storage
            554 | 554 5.7.1 Rejected for policy reasons
            """)
    void whatMayPassIsTriedAgain(int code, String reply) throws Exception {
        SmtpTransport transport = new SmtpTransport(new RefusingRelay(refusal(code, reply)));

        assertThatExceptionOfType(MailSendException.class).isThrownBy(() -> transport.send(mail()));
    }

    @Test
    void aRelayThatCannotBeReachedIsTriedAgain() {
        SmtpTransport transport = new SmtpTransport(new RefusingRelay(new MessagingException("Connection refused")));

        assertThatExceptionOfType(MailSendException.class).isThrownBy(() -> transport.send(mail()));
    }

    private static MessagingException refusal(int code, String reply) throws Exception {
        Address ana = new InternetAddress("ana@example.com");
        return new SendFailedException("Invalid Addresses",
                new SMTPAddressFailedException((InternetAddress) ana, "RCPT TO:<ana@example.com>", code, reply),
                new Address[0], new Address[0], new Address[] {ana});
    }

    private MimeMessage mail() {
        Delivery delivery = Samples.delivery(Purpose.DOWNLOAD, new Recipient("ana@example.com"), null,
                Samples.download("a.pdf", "https://s3.example/a"));
        return desk.composer().compose(delivery, desk.writer().write(delivery));
    }

    /** A relay that answers every mail like this. */
    private static final class RefusingRelay extends JavaMailSenderImpl {

        private final MessagingException answer;

        RefusingRelay(MessagingException answer) {
            this.answer = answer;
        }

        @Override
        public void send(MimeMessage mail) {
            throw new MailSendException(Map.of(mail, answer));
        }
    }
}
