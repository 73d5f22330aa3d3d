package dev.attache.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.internet.MimeMessage;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.mail.javamail.MimeMessageHelper;

@AwsTest
class MailboxIT {

    private final String address = UUID.randomUUID() + "@example.com";

    @Test
    void everyMailIsDecodedInTheMailbox() throws Exception {
        var sender = new JavaMailSenderImpl();
        sender.setHost("localhost");
        sender.setPort(TestAws.surroundings().mail().smtpPort());
        MimeMessage message = sender.createMimeMessage();
        var helper = new MimeMessageHelper(message, true, "UTF-8");
        helper.setFrom("attache@example.com");
        helper.setTo(address);
        helper.setSubject("Ihr Vertrag für Größe");
        helper.setText("See https://example.com/a?b=1&c=2 now", "<a href=\"https://example.com/a?b=1&amp;c=2\">é</a>");
        sender.send(message);

        var mail = new Mailbox(TestAws.surroundings().mail()).await(address);

        assertThat(mail.to()).containsExactly(address);
        assertThat(mail.subject()).isEqualTo("Ihr Vertrag für Größe");
        assertThat(mail.header("subject")).isEqualTo("Ihr Vertrag für Größe");
        assertThat(mail.html()).contains("é");
        assertThat(mail.links()).containsExactly("https://example.com/a?b=1&c=2");
        assertThat(mail.linksInText()).containsExactly("https://example.com/a?b=1&c=2");
    }
}
