package dev.attache.delivery.relay.smtp;

import dev.attache.delivery.relay.MailTransport;
import dev.attache.delivery.relay.MailTransportFactory;
import dev.attache.delivery.relay.TransportProperties.Transport;
import java.util.concurrent.ScheduledExecutorService;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.mail.javamail.JavaMailSenderImpl;

/** Creates the SMTP transport from {@code spring.mail.*} and {@code attache.mail.smtp.*}. */
final class SmtpTransportFactory implements MailTransportFactory {

    private final SmtpProperties properties;

    private final int maxConnections;

    private final ObjectProvider<JavaMailSender> sender;

    private final ScheduledExecutorService timers;

    SmtpTransportFactory(
            SmtpProperties properties,
            int maxConnections,
            ObjectProvider<JavaMailSender> sender,
            ScheduledExecutorService timers) {
        this.properties = properties;
        this.maxConnections = maxConnections;
        this.sender = sender;
        this.timers = timers;
    }

    @Override
    public Transport transport() {
        return Transport.SMTP;
    }

    @Override
    public SendingTime longestSendingTime() {
        SmtpServerSettings server = server();
        return new SendingTime(
                server.longestUntilWritten().plus(properties.verdictTimeout()),
                "mail.%s.connectiontimeout, timeout for each of twelve replies, writetimeout, and attache.mail.smtp.verdict-timeout"
                        .formatted(server.protocol()));
    }

    @Override
    public MailTransport create(String senderAddress) {
        return new SmtpTransport(
                new SmtpConnectionPool(
                        server(), maxConnections, properties.idleTimeout(), properties.mailsPerConnection()),
                properties.verdictTimeout(),
                senderAddress);
    }

    private SmtpServerSettings server() {
        JavaMailSender configured = sender.getIfAvailable(() -> {
            throw new InvalidConfigurationPropertyValueException(
                    "spring.mail.host",
                    null,
                    "attache.mail.transport is smtp, "
                            + "but spring.mail.host is not set: set it to the relay's host (SPRING_MAIL_HOST), or set "
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
}
