package dev.attache.delivery.relay.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.attache.delivery.relay.MailTransport;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.mail.javamail.JavaMailSenderImpl;

class SmtpTransportFactoryUnitTests {

    private static final SmtpProperties SMTP = new SmtpProperties(Duration.ofSeconds(30), 100, Duration.ofMinutes(10));

    private final ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor();

    private final JavaMailSenderImpl sender = new JavaMailSenderImpl();

    private final StaticListableBeanFactory beans = new StaticListableBeanFactory();

    private final SmtpTransportFactory factory =
            new SmtpTransportFactory(SMTP, 10, beans.getBeanProvider(JavaMailSender.class), timers);

    @AfterEach
    void stopTimers() {
        timers.shutdownNow();
    }

    @Test
    void aTransportIsCreatedFromTheSettingsOfSpringMail() {
        beans.addBean("mailSender", sender);

        try (MailTransport transport = factory.create("files@acme.example")) {
            assertThat(transport).isInstanceOf(SmtpTransport.class);
            assertThat(transport.canProbe()).isTrue();
        }
        assertThat(factory.longestSendingTime())
                .satisfies(time -> assertThat(time.longest()).isEqualTo(Duration.ofSeconds(870)))
                .satisfies(time -> assertThat(time.settings()).contains("attache.mail.smtp.verdict-timeout"));
    }

    @Test
    void aMissingMailHostIsRefused() {
        assertThatExceptionOfType(InvalidConfigurationPropertyValueException.class)
                .isThrownBy(() -> factory.longestSendingTime())
                .withMessageContaining("spring.mail.host")
                .withMessageContaining("ses");
    }

    @Test
    void aMailSenderWithoutAKnownRelayIsRefused() {
        beans.addBean("mailSender", new JavaMailSender() {

            @Override
            public jakarta.mail.internet.MimeMessage createMimeMessage() {
                throw new UnsupportedOperationException();
            }

            @Override
            public jakarta.mail.internet.MimeMessage createMimeMessage(java.io.InputStream content) {
                throw new UnsupportedOperationException();
            }

            @Override
            public void send(jakarta.mail.internet.MimeMessage... mails) {
                throw new UnsupportedOperationException();
            }

            @Override
            public void send(org.springframework.mail.SimpleMailMessage... mails) {
                throw new UnsupportedOperationException();
            }
        });

        assertThatIllegalStateException()
                .isThrownBy(() -> factory.create("files@acme.example"))
                .withMessageContaining("spring.mail.*");
    }

    @Test
    void allTimeoutsHaveDefaults() {
        sender.getJavaMailProperties().setProperty("mail.smtp.timeout", "5000");

        SmtpServerSettings server =
                new SmtpServerSettings("smtp", "relay", 25, null, null, sender.getJavaMailProperties(), timers);

        assertThat(server.properties())
                .containsEntry("mail.smtp.timeout", "5000")
                .containsEntry("mail.smtp.connectiontimeout", "10000")
                .containsEntry("mail.smtp.writetimeout", "20000");
        assertThat(server.longestUntilWritten()).isEqualTo(Duration.ofSeconds(10 + 12 * 5 + 20));
    }

    @Test
    void theTextOfTheSettingsDoesNotContainThePassword() {
        assertThat(new SmtpServerSettings(
                                "smtp", "relay", 587, "user", "secret", sender.getJavaMailProperties(), timers)
                        .toString())
                .contains("relay:587")
                .doesNotContain("secret");
    }

    @Test
    void invalidSettingsAreRefusedByName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SmtpProperties(Duration.ZERO, 100, Duration.ofMinutes(10)))
                .withMessageContaining("attache.mail.smtp.idle-timeout");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SmtpProperties(Duration.ofSeconds(30), 0, Duration.ofMinutes(10)))
                .withMessageContaining("attache.mail.smtp.mails-per-connection");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SmtpProperties(Duration.ofSeconds(30), 100, Duration.ofDays(1)))
                .withMessageContaining("attache.mail.smtp.verdict-timeout");
    }
}
