package dev.attache.delivery.relay.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.attache.delivery.relay.MailNotSentException;
import dev.attache.delivery.relay.Mails;
import dev.attache.delivery.relay.RelayDownException;
import dev.attache.relay.SelfSignedCertificate;
import dev.attache.relay.SmtpServer;
import dev.attache.relay.SmtpSettings;
import dev.attache.relay.behaviour.Answer;
import dev.attache.relay.behaviour.Behaviours;
import dev.attache.relay.behaviour.Stage;
import dev.attache.relay.traffic.Command;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Opening, reusing, limiting and closing connections; TLS and authentication. */
class SmtpConnectionsUnitTests extends SmtpTransportTestBase {

    @Test
    void connectionsAreKeptOpenAndReused() {
        for (int i = 0; i < 20; i++) {
            transport.send(Mails.to("person-" + i + "@example.com"));
        }

        assertThat(server.mails()).hasSize(20);
        assertThat(server.connections()).hasSize(1);
    }

    @Test
    void aConnectionIsClosedAfterItsMaximumOfMails() {
        use(transport(Duration.ofSeconds(5), 3, Duration.ofSeconds(30)));

        for (int i = 0; i < 7; i++) {
            transport.send(Mails.to("person-" + i + "@example.com"));
        }

        assertThat(server.mails()).hasSize(7);
        assertThat(server.connections())
                .hasSize(3)
                .allSatisfy(connection -> assertThat(connection.mails()).isLessThanOrEqualTo(3));
    }

    @Test
    void anIdleConnectionIsClosed() {
        use(transport(Duration.ofSeconds(5), 100, Duration.ofMillis(100)));
        transport.send(Mails.to(ANA));

        await().atMost(Duration.ofSeconds(10))
                .until(() -> server.openConnections().isEmpty());

        assertThat(server.commands()).extracting(Command::verb).contains("QUIT");
    }

    @Test
    void refusedCredentialsMeanThatTheRelayIsDownAndAreNotShown() {
        server.close();
        server = new SmtpServer(SmtpSettings.standard().withCredentials("worker", "right"));
        properties.setProperty("mail.smtp.auth", "true");
        SmtpServerSettings wrong =
                new SmtpServerSettings("smtp", server.host(), server.port(), "worker", "wrong", properties, timers);
        use(new SmtpTransport(
                new SmtpConnectionPool(wrong, 10, Duration.ofSeconds(30), 100),
                Duration.ofSeconds(5),
                "files@acme.example"));

        assertThat(failure(Mails.to(ANA)))
                .isInstanceOf(RelayDownException.class)
                .hasMessageContaining("spring.mail.username")
                .hasMessageNotContaining("wrong");
    }

    @Test
    void aConnectionIsEncryptedAndAuthenticatedOnceForManyMails() throws Exception {
        server.close();
        server = new SmtpServer(SmtpSettings.standard().withStartTls().withCredentials("worker", "right"));
        properties.setProperty("mail.smtp.auth", "true");
        properties.setProperty("mail.smtp.starttls.required", "true");
        properties.put(
                "mail.smtp.ssl.socketFactory",
                SelfSignedCertificate.localhost().trustingContext().getSocketFactory());
        SmtpServerSettings settings =
                new SmtpServerSettings("smtp", server.host(), server.port(), "worker", "right", properties, timers);
        use(new SmtpTransport(
                new SmtpConnectionPool(settings, 10, Duration.ofSeconds(30), 100),
                Duration.ofSeconds(5),
                "files@acme.example"));

        transport.send(Mails.to(ANA));
        transport.send(Mails.to("bo@example.com"));

        assertThat(server.mails()).hasSize(2);
        assertThat(server.connections()).singleElement().satisfies(connection -> {
            assertThat(connection.tls()).isTrue();
            assertThat(connection.authentication()).isPresent();
        });
    }

    @Test
    void aRefusedConnectionMeansThatTheRelayIsDown() {
        server.refuseConnections();

        assertThat(failure(Mails.to(ANA))).isInstanceOf(RelayDownException.class);
    }

    @Test
    void aMissingBannerMeansThatTheRelayIsDown() {
        behave(Behaviours.at(Stage.CONNECT, Answer.silence()));

        assertThat(failure(Mails.to(ANA)))
                .isInstanceOf(RelayDownException.class)
                .hasMessageContaining("timed out");
    }

    @Test
    void aRelayThatPermitsOneConnectionIsUsedWithOne() throws Exception {
        behave(Behaviours.connectionsAtMost(1)
                .orElse(Behaviours.at(Stage.END_OF_DATA, Answer.delayed(Duration.ofMillis(50), Answer.standard()))));
        transport.send(Mails.to(ANA));
        AtomicInteger sent = new AtomicInteger();
        Thread[] five = new Thread[5];
        for (int i = 0; i < five.length; i++) {
            String person = "person-" + i + "@example.com";
            five[i] = Thread.startVirtualThread(() -> {
                transport.send(Mails.to(person));
                sent.incrementAndGet();
            });
        }
        for (Thread thread : five) {
            thread.join();
        }

        assertThat(sent).as("mails that were sent without a RelayDownException").hasValue(5);
        transport.probe();
    }

    @Test
    void allConnectionsAreClosedWhateverTheReplies() {
        behave(Behaviours.mixture(7));
        for (int i = 0; i < 60; i++) {
            try {
                transport.send(Mails.to("person-" + i + "@example.com"));
            } catch (MailNotSentException expected) {
                // Failures of all kinds are expected.
            }
        }

        assertThat(server.mostOpenConnections()).isLessThanOrEqualTo(2);
        transport.close();
        await().atMost(Duration.ofSeconds(10))
                .until(() -> server.openConnections().isEmpty());
    }
}
