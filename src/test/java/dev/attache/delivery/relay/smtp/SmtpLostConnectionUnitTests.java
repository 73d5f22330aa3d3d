package dev.attache.delivery.relay.smtp;

import static dev.attache.relay.behaviour.Answer.reply;
import static dev.attache.relay.behaviour.Answer.replyThenClose;
import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.delivery.relay.DeliveryUncertainException;
import dev.attache.delivery.relay.MailDeferredException;
import dev.attache.delivery.relay.MailNotSentException;
import dev.attache.delivery.relay.Mails;
import dev.attache.delivery.relay.RelayDownException;
import dev.attache.relay.SmtpServer;
import dev.attache.relay.SmtpSettings;
import dev.attache.relay.behaviour.Answer;
import dev.attache.relay.behaviour.Behaviours;
import dev.attache.relay.behaviour.Stage;
import dev.attache.relay.traffic.Command;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Connections that are lost or closed during a mail, and replies that come late or never. */
class SmtpLostConnectionUnitTests extends SmtpTransportTestBase {

    @ParameterizedTest
    @EnumSource(
            value = Stage.class,
            names = {"MAIL_FROM", "RCPT_TO", "DATA"})
    void aReusedConnectionThatIsResetBeforeTheDataIsReplaced(Stage stage) {
        transport.send(Mails.to(ANA));
        behave(Behaviours.at(stage, Answer.reset()).times(1));

        transport.send(Mails.to("bo@example.com"));

        assertThat(server.mails()).hasSize(2);
        assertThat(server.connections()).hasSize(2);
    }

    @Test
    void aReusedConnectionThatIsClosedWith421IsReplaced() {
        behave(Behaviours.mailsPerConnection(1));
        transport.send(Mails.to(ANA));

        transport.send(Mails.to("bo@example.com"));

        assertThat(server.mails()).hasSize(2);
        assertThat(server.connections()).hasSize(2);
    }

    @Test
    void aMailIsSentAfterAllIdleConnectionsWereReset() throws Exception {
        Thread[] three = new Thread[3];
        for (int i = 0; i < three.length; i++) {
            String person = "person-" + i + "@example.com";
            three[i] = Thread.startVirtualThread(() -> transport.send(Mails.to(person)));
        }
        for (Thread thread : three) {
            thread.join();
        }
        server.resetConnections();

        transport.send(Mails.to(ANA));

        assertThat(server.mailsTo(ANA)).hasSize(1);
    }

    @Test
    void aNewConnectionThatIsClosedWith421MeansThatTheRelayIsDown() {
        transport.send(Mails.to(ANA));
        behave(Behaviours.at(Stage.MAIL_FROM, replyThenClose(reply(421, "4.3.2 shutting down"))));

        assertThat(failure(Mails.to("bo@example.com")))
                .isInstanceOf(RelayDownException.class)
                .hasMessageContaining("421");
        assertThat(server.connections()).hasSize(2);
        assertThat(server.commands())
                .extracting(Command::verb)
                .filteredOn("MAIL"::equals)
                .hasSize(3);
    }

    @ParameterizedTest
    @EnumSource(
            value = Stage.class,
            names = {"RCPT_TO", "DATA", "END_OF_DATA"})
    void a421ReplyToTheMailMeansThatTheRelayIsDown(Stage stage) {
        behave(Behaviours.at(stage, replyThenClose(reply(421, "4.3.2 shutting down"))));

        assertThat(failure(Mails.to(ANA))).isInstanceOf(RelayDownException.class);
    }

    @ParameterizedTest
    @EnumSource(
            value = Stage.class,
            names = {"RCPT_TO", "DATA"})
    void aNewConnectionThatIsLostAfterTheRecipientDefersTheMail(Stage stage) {
        behave(Behaviours.at(stage, Answer.reset()));

        assertThat(failure(Mails.to(ANA))).isInstanceOf(MailDeferredException.class);
    }

    @Test
    void aConnectionThatIsLostWhileTheMailIsWrittenDefersTheMail() {
        behave(Behaviours.at(Stage.DATA, Answer.replyThenReset(reply(354, "go ahead"), 20_000)));

        // More than the buffers of both sockets can hold, so that the mail cannot be sent in full before the reset.
        MailNotSentException failure =
                failure(Mails.withText(ANA, "A line of text that is repeated.\r\n".repeat(600_000)));

        assertThat(failure).isInstanceOf(MailDeferredException.class);
        assertThat(server.mails()).isEmpty();
    }

    @Test
    void aResetAfterTheFinalReplyHasNoEffect() {
        use(transport(Duration.ofSeconds(5), 1, Duration.ofSeconds(30)));
        behave(Behaviours.resetAtQuit());

        transport.send(Mails.to(ANA));
        transport.send(Mails.to("bo@example.com"));

        assertThat(server.mails()).hasSize(2);
    }

    @Test
    void aResetBeforeTheFinalReplyLeavesTheDeliveryUncertain() {
        behave(Behaviours.at(Stage.END_OF_DATA, Answer.acceptThen(Answer.reset())));

        assertThat(failure(Mails.to(ANA))).isInstanceOf(DeliveryUncertainException.class);
        assertThat(server.mails()).hasSize(1);
    }

    @Test
    void aMissingFinalReplyLeavesTheDeliveryUncertain() {
        use(transport(Duration.ofMillis(1500), 100, Duration.ofSeconds(30)));
        behave(Behaviours.acceptWithoutAnswer());

        assertThat(failure(Mails.to(ANA))).isInstanceOf(DeliveryUncertainException.class);
    }

    @Test
    void theFinalReplyHasALongerTimeoutThanOtherReplies() {
        behave(Behaviours.at(Stage.END_OF_DATA, Answer.delayed(Duration.ofMillis(1500), Answer.standard())));
        use(transport(Duration.ofSeconds(30), 100, Duration.ofSeconds(30)));

        transport.send(Mails.to(ANA));
        behave(Behaviours.at(Stage.RCPT_TO, Answer.delayed(Duration.ofMillis(1500), Answer.standard())));

        assertThat(failure(Mails.to("bo@example.com")))
                .as("the usual timeout applies again")
                .isInstanceOf(MailDeferredException.class);
    }

    @Test
    void theFinalReplyHasItsOwnTimeoutWithTls() throws Exception {
        server.close();
        server = new SmtpServer(SmtpSettings.standard().withStartTls());
        behave(Behaviours.at(Stage.END_OF_DATA, Answer.delayed(Duration.ofMillis(1500), Answer.standard())));
        properties.setProperty("mail.smtp.starttls.required", "true");
        properties.setProperty("mail.smtp.ssl.trust", "*");
        properties.setProperty("mail.smtp.ssl.checkserveridentity", "false");
        loadTlsClasses();
        use(transport(Duration.ofSeconds(30), 100, Duration.ofSeconds(30)));

        transport.send(Mails.to(ANA));

        assertThat(server.mails()).hasSize(1);
    }

    /** The first TLS handshake of a JVM can take longer than the reply timeout of these tests. */
    private void loadTlsClasses() {
        properties.setProperty("mail.smtp.timeout", "20000");
        SmtpServerSettings settings =
                new SmtpServerSettings("smtp", server.host(), server.port(), null, null, properties, timers);
        try (SmtpTransport first = new SmtpTransport(
                new SmtpConnectionPool(settings, 1, Duration.ofSeconds(30), 1),
                Duration.ofSeconds(5),
                "files@acme.example")) {
            first.probe();
        }
    }
}
