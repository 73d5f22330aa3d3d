package dev.attache.delivery.relay;

import dev.attache.ledger.LedgerProperties;
import io.awspring.cloud.autoconfigure.core.AwsClientBuilderConfigurer;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import software.amazon.awssdk.services.sesv2.SesV2Client;

/** The relay and the way to it. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({TransportProperties.class, RelayProperties.class, SmtpProperties.class})
class RelayConfiguration {

    /** The rate that most accounts start with ("Service quotas in Amazon SES"). */
    private static final double SES_RATE = 14;

    /**
     * @param breaker opens when the relay gives no session
     * @param senderBreaker opens when the relay refuses every mail
     */
    @Bean(destroyMethod = "close")
    Relay relay(
            MailTransport transport,
            TransportProperties properties,
            RelayProperties limits,
            @Qualifier("mailBreaker") CircuitBreaker breaker,
            @Qualifier("mailSenderBreaker") CircuitBreaker senderBreaker,
            ObjectProvider<MeterRegistry> meters) {
        double usual =
                properties.transport() == TransportProperties.Transport.SES ? SES_RATE : Double.POSITIVE_INFINITY;
        Relay relay = new Relay(
                transport, breaker, senderBreaker, limits.rate(usual), limits.concurrent(), limits.patience());
        meters.ifAvailable(registry -> {
            Gauge.builder("attache.alarms", relay, it -> it.senderIsBlocked() ? 1 : 0)
                    // The same tags as the other alarms have: Prometheus wants it so.
                    .tags("alarm", "mail-sender-blocked", "source", "all")
                    .description("1 while the mail relay refuses every mail or answers none")
                    .register(registry);
            Gauge.builder("attache.mail.rate", relay, Relay::perSecond)
                    .description("mails a second that are sent at most now")
                    .register(registry);
        });
        return relay;
    }

    @Bean(destroyMethod = "shutdownNow")
    ScheduledExecutorService smtpTimers() {
        return Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("smtp-timers").factory());
    }

    @Bean(destroyMethod = "close")
    MailTransport mailTransport(
            TransportProperties properties,
            RelayProperties limits,
            SmtpProperties smtp,
            LedgerProperties ledger,
            @Value("${attache.mail.from:}") String from,
            @Qualifier("smtpTimers") ScheduledExecutorService timers,
            ObjectProvider<JavaMailSender> sender,
            ObjectProvider<AwsClientBuilderConfigurer> aws) {
        return switch (properties.transport()) {
            case SMTP -> {
                SmtpServerSettings server = settings(sender, timers);
                requireLonger(
                        ledger.claimLease(),
                        server.longestUntilWritten().plus(smtp.verdictTimeout()),
                        "mail.%s.connectiontimeout, timeout for each of twelve replies, writetimeout, and attache.mail.smtp.verdict-timeout"
                                .formatted(server.protocol()));
                yield new SmtpTransport(
                        new SmtpConnections(server, limits.concurrent(), smtp.idleTimeout(), smtp.mailsPerConnection()),
                        smtp.verdictTimeout(),
                        address(from));
            }
            case SES -> {
                requireLonger(ledger.claimLease(), SesTransport.CALL, "the timeout of SES's SendEmail");
                yield new SesTransport(
                        SesTransport.patient(aws.getObject().configure(SesV2Client.builder())), address(from));
            }
        };
    }

    private static SmtpServerSettings settings(ObjectProvider<JavaMailSender> sender, ScheduledExecutorService timers) {
        JavaMailSender configured = sender.getIfAvailable(() -> {
            throw new InvalidConfigurationPropertyValueException(
                    "spring.mail.host",
                    null,
                    "attache.mail.transport is smtp, "
                            + "but spring.mail.host is not set: name the relay there (SPRING_MAIL_HOST), or set "
                            + "attache.mail.transport to ses");
        });
        if (!(configured instanceof JavaMailSenderImpl smtp)) {
            throw new IllegalStateException(
                    ("The JavaMailSender is a %s, whose relay is not known: configure it with spring.mail.*, "
                                    + "or set attache.mail.transport to ses")
                            .formatted(configured.getClass().getName()));
        }
        return new SmtpServerSettings(
                smtp.getProtocol() == null ? "smtp" : smtp.getProtocol(),
                smtp.getHost(),
                smtp.getPort(),
                smtp.getUsername(),
                smtp.getPassword(),
                smtp.getJavaMailProperties(),
                timers);
    }

    /** A claim that ends while its mail is being sent is no claim. */
    private static void requireLonger(Duration claimLease, Duration longest, String what) {
        if (claimLease.compareTo(longest) <= 0) {
            throw new IllegalStateException(("attache.ledger.claim-lease is %ds, but a mail may take %ds to send (%s): "
                            + "set it to %ds or more")
                    .formatted(claimLease.toSeconds(), longest.toSeconds(), what, longest.toSeconds() + 1));
        }
    }

    /** Of {@code attache.mail.from}, which was checked when it was read. */
    private static String address(String from) {
        try {
            return new InternetAddress(from).getAddress();
        } catch (AddressException e) {
            return from;
        }
    }
}
