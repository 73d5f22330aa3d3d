package dev.attache.delivery.relay.smtp;

import dev.attache.delivery.relay.MailNotSentException;
import dev.attache.delivery.relay.OutgoingMail;
import dev.attache.relay.SmtpServer;
import dev.attache.relay.behaviour.Behaviour;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;

/** An SMTP transport and a server whose behaviour a test chooses. */
abstract class SmtpTransportTestBase {

    static final String ANA = "ana@example.com";

    final ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor();

    SmtpServer server = new SmtpServer();

    Properties properties = new Properties();

    SmtpTransport transport = transport(Duration.ofSeconds(5), 100, Duration.ofSeconds(30));

    @AfterEach
    void stop() {
        transport.close();
        server.close();
        timers.shutdownNow();
    }

    /** Creates a transport to the server, with short timeouts. */
    SmtpTransport transport(Duration finalReplyTimeout, int mailsPerConnection, Duration idleTimeout) {
        properties.setProperty("mail.smtp.timeout", "1000");
        SmtpServerSettings settings =
                new SmtpServerSettings("smtp", server.host(), server.port(), null, null, properties, timers);
        return new SmtpTransport(
                new SmtpConnectionPool(settings, 10, idleTimeout, mailsPerConnection),
                finalReplyTimeout,
                "files@acme.example");
    }

    void use(SmtpTransport replacement) {
        transport.close();
        transport = replacement;
    }

    /** Sends a mail, and returns why it was not sent. */
    MailNotSentException failure(OutgoingMail mail) {
        try {
            transport.send(mail);
        } catch (MailNotSentException e) {
            return e;
        }
        throw new AssertionError("The mail was sent");
    }

    void behave(Behaviour behaviour) {
        server.behave(behaviour);
    }
}
