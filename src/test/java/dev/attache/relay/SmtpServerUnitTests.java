package dev.attache.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.attache.relay.behaviour.Answer;
import dev.attache.relay.behaviour.Behaviours;
import dev.attache.relay.behaviour.Stage;
import dev.attache.relay.traffic.AcceptedMail;
import dev.attache.relay.traffic.Command;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SmtpServerUnitTests {

    private final SmtpServer server = new SmtpServer();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void theBannerAndTheExtensionsAreSent() throws Exception {
        try (var client = new RawClient(server)) {
            assertThat(client.reply()).startsWith("220 ");
            assertThat(client.say("EHLO me"))
                    .isEqualTo(
                            "250-localhost\n250-PIPELINING\n250-8BITMIME\n250-SIZE 35882577\n250 ENHANCEDSTATUSCODES");
            assertThat(client.say("HELO me")).isEqualTo("250 localhost");
        }
    }

    @Test
    void anAcceptedMailIsRecorded() throws Exception {
        try (var client = RawClient.greeted(server)) {
            client.say("MAIL FROM:<shop@example.com> SIZE=100");
            client.say("RCPT TO:<ana@example.com>");
            client.say("DATA");
            client.send("Message-ID: <1@example.com>", "Subject: =?UTF-8?Q?Caf=C3=A9?=", "", "..dot", "ä", ".");
            assertThat(client.reply()).startsWith("250 2.0.0");
        }

        assertThat(server.mailsTo("ANA@example.com")).singleElement().satisfies(mail -> {
            assertThat(mail.from()).isEqualTo("shop@example.com");
            assertThat(mail.recipient()).isEqualTo("ana@example.com");
            assertThat(mail.messageId()).contains("<1@example.com>");
            assertThat(mail.subject()).contains("Café");
            assertThat(mail.body()).isEqualTo(".dot\r\nä\r\n".getBytes(StandardCharsets.UTF_8));
            assertThat(mail.connection()).isEqualTo(1);
        });
        assertThat(server.mailsTo("ben@example.com")).isEmpty();
    }

    @Test
    void pipelinedCommandsOfSeveralMailsAreAnsweredInOrder() throws Exception {
        try (var client = RawClient.greeted(server)) {
            client.send("MAIL FROM:<a@x>", "RCPT TO:<b@x>", "DATA");
            assertThat(client.reply()).startsWith("250 2.1.0");
            assertThat(client.reply()).startsWith("250 2.1.5");
            assertThat(client.reply()).startsWith("354");
            client.send("Subject: 1", "", "one", ".", "MAIL FROM:<a@x>", "RSET", "NOOP", "RCPT TO:<c@x>");
            assertThat(client.reply()).startsWith("250 2.0.0 Ok: queued");
            assertThat(client.reply()).startsWith("250 2.1.0");
            assertThat(client.reply()).startsWith("250 2.0.0");
            assertThat(client.reply()).startsWith("250 2.0.0");
            assertThat(client.reply()).startsWith("503");
            assertThat(client.mail("d@x")).startsWith("250");
            assertThat(client.say("QUIT")).startsWith("221");
            assertThat(client.closedByServer()).isTrue();
        }

        assertThat(server.mails()).extracting(AcceptedMail::recipient).containsExactly("b@x", "d@x");
        assertThat(server.commands(1))
                .extracting(Command::verb)
                .containsExactly(
                        "EHLO", "MAIL", "RCPT", "DATA", ".", "MAIL", "RSET", "NOOP", "RCPT", "MAIL", "RCPT", "DATA",
                        ".", "QUIT");
    }

    @Test
    void aRefusedRecipientGetsNoMail() throws Exception {
        server.behave(Behaviours.forRecipient(
                "ana@x",
                Behaviours.refuseRecipients(Answer.reply(550, "5.1.1 No such user", "5.1.1 Try another")),
                Behaviours.acceptAll()));

        try (var client = RawClient.greeted(server)) {
            assertThat(client.mail("ana@x")).isEqualTo("550-5.1.1 No such user\n550 5.1.1 Try another");
            assertThat(client.say("DATA")).startsWith("554 5.5.1");
            assertThat(client.say("RSET")).startsWith("250");
            assertThat(client.mail("ben@x")).startsWith("250");
        }
        assertThat(server.mails()).extracting(AcceptedMail::recipient).containsExactly("ben@x");
    }

    @Test
    void aResetBreaksTheConnection() throws Exception {
        server.behave(Behaviours.at(Stage.END_OF_DATA, Answer.reset()));

        try (var client = RawClient.greeted(server)) {
            assertThatExceptionOfType(SocketException.class)
                    .isThrownBy(() -> client.mail("ana@x"))
                    .withMessageContaining("reset");
        }
        assertThat(server.mails()).isEmpty();
        assertThat(server.openConnections()).isEmpty();
    }

    @Test
    void silenceLastsUntilItIsReleased() throws Exception {
        server.behave(Behaviours.at(Stage.RCPT_TO, Answer.silenceThen(Answer.reply(451, "4.3.0 Late"))));

        try (var client = RawClient.greeted(server)) {
            client.say("MAIL FROM:<a@x>");
            client.send("RCPT TO:<b@x>");
            await().until(() -> server.silentConnections() == 1);
            server.release();
            assertThat(client.reply()).isEqualTo("451 4.3.0 Late");
        }
    }

    @Test
    void silenceEndsWhenTheClientDisconnects() throws Exception {
        server.behave(Behaviours.acceptWithoutAnswer());

        try (var client = RawClient.greeted(server)) {
            client.say("MAIL FROM:<a@x>");
            client.say("RCPT TO:<b@x>");
            client.say("DATA");
            client.send("Subject: 1", "", "one", ".");
            await().until(() -> server.silentConnections() == 1);
        }
        await().until(() -> server.openConnections().isEmpty());
        assertThat(server.silentConnections()).isZero();
        assertThat(server.mails()).hasSize(1);
    }

    @Test
    void anOutageRefusesConnectionsAndEndsOnTheSamePort() throws Exception {
        try (var client = RawClient.greeted(server)) {
            server.refuseConnections();
            assertThatExceptionOfType(IOException.class).isThrownBy(() -> client.say("NOOP"));
        }
        assertThatExceptionOfType(ConnectException.class).isThrownBy(() -> new RawClient(server));

        server.acceptConnections();
        try (var client = RawClient.greeted(server)) {
            assertThat(client.mail("ana@x")).startsWith("250");
        }
    }

    @Test
    void aClosedServerHasNoOpenConnections() throws Exception {
        server.behave(Behaviours.at(Stage.EHLO, Answer.silence()));
        try (var client = new RawClient(server)) {
            client.reply();
            client.send("EHLO me");
            await().until(() -> server.silentConnections() == 1);
            server.close();
            assertThat(server.openConnections()).isEmpty();
        }
    }
}
