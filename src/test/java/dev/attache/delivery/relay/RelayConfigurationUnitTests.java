package dev.attache.delivery.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.attache.delivery.relay.TransportProperties.Transport;
import dev.attache.ledger.LedgerProperties;
import io.awspring.cloud.autoconfigure.core.AwsClientBuilderConfigurer;
import io.awspring.cloud.autoconfigure.core.AwsProperties;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.regions.Region;

class RelayConfigurationUnitTests {

    private static final SmtpProperties SMTP = new SmtpProperties(Duration.ofSeconds(30), 100, Duration.ofMinutes(10));

    private static final Duration DEFAULT_LEASE = Duration.ofMinutes(15);

    private final ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor();

    private final JavaMailSenderImpl sender = new JavaMailSenderImpl();

    private final StaticListableBeanFactory beans = new StaticListableBeanFactory();

    @AfterEach
    void stopTimers() {
        timers.shutdownNow();
    }

    private MailTransport transport(Transport transport, Duration claimLease) {
        return new RelayConfiguration()
                .mailTransport(
                        new TransportProperties(transport),
                        new RelayProperties(null, 10, Duration.ofMinutes(2)),
                        SMTP,
                        new LedgerProperties("attachments", "ledger/", claimLease),
                        "Acme <files@acme.example>",
                        timers,
                        beans.getBeanProvider(JavaMailSender.class),
                        beans.getBeanProvider(AwsClientBuilderConfigurer.class));
    }

    @Test
    void smtpWithoutARelayIsRefusedAtStart() {
        assertThatExceptionOfType(InvalidConfigurationPropertyValueException.class)
                .isThrownBy(() -> transport(Transport.SMTP, DEFAULT_LEASE))
                .withMessageContaining("spring.mail.host")
                .withMessageContaining("ses");
    }

    @Test
    void aSenderWhoseRelayIsNotKnownIsRefusedAtStart() {
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
                .isThrownBy(() -> transport(Transport.SMTP, DEFAULT_LEASE))
                .withMessageContaining("spring.mail.*");
    }

    @Test
    void sesSendsOnlyWhereItIsChosenAndARelayOnlyWhereItIsNot() {
        beans.addBean("mailSender", sender);
        beans.addBean(
                "aws",
                new AwsClientBuilderConfigurer(
                        AnonymousCredentialsProvider.create(), () -> Region.EU_CENTRAL_1, new AwsProperties()));

        try (MailTransport smtp = transport(Transport.SMTP, DEFAULT_LEASE);
                MailTransport ses = transport(Transport.SES, DEFAULT_LEASE)) {
            assertThat(smtp).isInstanceOf(SmtpTransport.class);
            assertThat(ses).isInstanceOf(SesTransport.class);
        }
    }

    @Test
    void aRelayIsNotWaitedForForEver() {
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
    void theDefaultLeaseIsLongerThanAMailCanTake() {
        beans.addBean("mailSender", sender);

        try (MailTransport smtp = transport(Transport.SMTP, DEFAULT_LEASE)) {
            assertThat(smtp.canProbe()).isTrue();
        }
    }

    @Test
    void aClaimThatEndsBeforeItsMailIsSentIsRefusedAtStart() {
        beans.addBean("mailSender", sender);

        assertThatIllegalStateException()
                .isThrownBy(() -> transport(Transport.SMTP, Duration.ofMinutes(5)))
                .withMessageContaining("attache.ledger.claim-lease is 300s, but a mail may take 870s to send")
                .withMessageContaining("attache.mail.smtp.verdict-timeout")
                .withMessageContaining("set it to 871s or more");
    }

    @Test
    void theSettingsDoNotShowThePassword() {
        assertThat(new SmtpServerSettings(
                                "smtp", "relay", 587, "user", "secret", sender.getJavaMailProperties(), timers)
                        .toString())
                .contains("relay:587")
                .doesNotContain("secret");
    }

    @Test
    void whatCannotWorkIsRefusedWithTheNameOfTheSetting() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SmtpProperties(Duration.ZERO, 100, Duration.ofMinutes(10)))
                .withMessageContaining("attache.mail.smtp.idle-timeout");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SmtpProperties(Duration.ofSeconds(30), 0, Duration.ofMinutes(10)))
                .withMessageContaining("attache.mail.smtp.mails-per-connection");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SmtpProperties(Duration.ofSeconds(30), 100, Duration.ofDays(1)))
                .withMessageContaining("attache.mail.smtp.verdict-timeout");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RelayProperties(0, 10, Duration.ofMinutes(2)))
                .withMessageContaining("attache.mail.limits.per-second");
    }
}
