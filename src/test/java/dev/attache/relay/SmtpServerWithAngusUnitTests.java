package dev.attache.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.attache.relay.behaviour.Answer;
import dev.attache.relay.behaviour.Behaviours;
import dev.attache.relay.behaviour.Stage;
import dev.attache.relay.traffic.AcceptedMail;
import dev.attache.relay.traffic.Authentication;
import dev.attache.relay.traffic.Command;
import dev.attache.relay.traffic.ConnectionRecord;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.UnsupportedEncodingException;
import java.net.SocketException;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Executors;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SmtpServerWithAngusUnitTests {

    @Test
    void severalMailsAreSentOverOneConnection() throws Exception {
        try (var server = new SmtpServer();
                var transport = transport(server, Map.of())) {
            transport.connect();
            MimeMessage first = send(transport, "ana@example.com");
            send(transport, "ben@example.com");

            assertThat(server.mails()).extracting(AcceptedMail::connection).containsExactly(1, 1);
            assertThat(server.mails()).first().satisfies(mail -> {
                assertThat(mail.messageId()).contains(first.getMessageID());
                assertThat(mail.subject()).contains("Grüße");
                assertThat(mail.message().mime().getContent()).isEqualTo(".a line\r\n..another\r\n");
            });
        }
    }

    @Test
    void startTlsEncryptsTheConnection() throws Exception {
        try (var server = new SmtpServer(SmtpSettings.standard().withStartTls());
                var transport = transport(server, Map.of("mail.smtp.starttls.required", "true"))) {
            transport.connect();
            send(transport, "ana@example.com");

            assertThat(server.connections()).singleElement().matches(ConnectionRecord::tls);
            assertThat(server.commands())
                    .extracting(Command::verb)
                    .containsExactly("EHLO", "STARTTLS", "EHLO", "MAIL", "RCPT", "DATA", ".");
        }
    }

    @Test
    void silenceOverTlsLastsUntilItIsReleased() throws Exception {
        try (var server = new SmtpServer(SmtpSettings.standard().withStartTls());
                var transport = transport(server, Map.of("mail.smtp.starttls.required", "true"));
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            server.behave(Behaviours.at(Stage.RCPT_TO, Answer.silenceThen(Answer.standard())));
            transport.connect();
            var sent = threads.submit(() -> send(transport, "ana@example.com"));
            await().until(() -> server.silentConnections() == 1);
            server.release();

            sent.get();
            assertThat(server.mailsTo("ana@example.com")).hasSize(1);
        }
    }

    @Test
    void aTlsConnectionCanBeReset() throws Exception {
        try (var server = new SmtpServer(SmtpSettings.standard().withStartTls());
                var transport = transport(server, Map.of("mail.smtp.starttls.required", "true"))) {
            server.behave(Behaviours.at(Stage.RCPT_TO, Answer.reset()));
            transport.connect();

            assertThatExceptionOfType(MessagingException.class)
                    .isThrownBy(() -> send(transport, "ana@example.com"))
                    .havingRootCause()
                    .isInstanceOf(SocketException.class);
        }
    }

    @Test
    void aTlsConnectionCanBeClosedOrderly() throws Exception {
        try (var server = new SmtpServer(SmtpSettings.standard().withStartTls());
                var transport = transport(server, Map.of("mail.smtp.starttls.required", "true"))) {
            server.behave(Behaviours.at(Stage.RCPT_TO, Answer.close()));
            transport.connect();

            assertThatExceptionOfType(MessagingException.class)
                    .isThrownBy(() -> send(transport, "ana@example.com"))
                    .withMessageContaining("[EOF]");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PLAIN", "LOGIN"})
    void theRightCredentialsAreAccepted(String mechanism) throws Exception {
        var settings = SmtpSettings.standard().withCredentials("shop", "sesame");
        try (var server = new SmtpServer(settings);
                var transport = transport(server, auth(mechanism))) {
            transport.connect("shop", "sesame");
            send(transport, "ana@example.com");

            assertThat(server.connections())
                    .singleElement()
                    .satisfies(connection -> assertThat(connection.authentication())
                            .contains(new Authentication(mechanism, "shop", "sesame")));
            assertThat(server.commands()).extracting(Command::line).contains("AUTH " + mechanism);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PLAIN", "LOGIN"})
    void wrongCredentialsAreRefused(String mechanism) {
        var settings = SmtpSettings.standard().withCredentials("shop", "sesame");
        try (var server = new SmtpServer(settings)) {
            assertThatExceptionOfType(AuthenticationFailedException.class)
                    .isThrownBy(() -> transport(server, auth(mechanism)).connect("shop", "guess"))
                    .withMessageContaining("535 5.7.8");
        }
    }

    @Test
    void withoutAuthenticationMailsAreRefused() throws Exception {
        var settings = SmtpSettings.standard().withCredentials("shop", "sesame");
        try (var server = new SmtpServer(settings);
                var transport = transport(server, Map.of())) {
            transport.connect();
            assertThatExceptionOfType(SMTPSendFailedException.class)
                    .isThrownBy(() -> send(transport, "ana@example.com"))
                    .satisfies(e -> assertThat(e.getReturnCode()).isEqualTo(530));
        }
    }

    @Test
    void aRefusedRecipientIsReportedWithItsReply() throws Exception {
        try (var server = new SmtpServer();
                var transport = transport(server, Map.of())) {
            server.behave(Behaviours.refuseRecipients(Answer.reply(550, "5.1.1 No such user")));
            transport.connect();
            assertThatExceptionOfType(MessagingException.class)
                    .isThrownBy(() -> send(transport, "ana@example.com"))
                    .satisfies(e -> assertThat(e.getNextException())
                            .isInstanceOf(SMTPAddressFailedException.class)
                            .hasMessageContaining("550 5.1.1 No such user"));
        }
    }

    private static Map<String, String> auth(String mechanism) {
        return Map.of("mail.smtp.auth", "true", "mail.smtp.auth.mechanisms", mechanism);
    }

    private static SMTPTransport transport(SmtpServer server, Map<String, String> more) throws MessagingException {
        var properties = new Properties();
        properties.put("mail.smtp.host", server.host());
        properties.put("mail.smtp.port", String.valueOf(server.port()));
        properties.put("mail.smtp.timeout", "10000");
        properties.put(
                "mail.smtp.ssl.socketFactory",
                SelfSignedCertificate.localhost().trustingContext().getSocketFactory());
        properties.putAll(more);
        return (SMTPTransport) Session.getInstance(properties).getTransport("smtp");
    }

    private static MimeMessage send(SMTPTransport transport, String recipient)
            throws MessagingException, UnsupportedEncodingException {
        var message = new MimeMessage((Session) null);
        message.setFrom(new InternetAddress("shop@example.com", "Shop"));
        message.setRecipient(Message.RecipientType.TO, new InternetAddress(recipient));
        message.setSubject("Grüße", "UTF-8");
        message.setText(".a line\r\n..another\r\n", "UTF-8");
        message.saveChanges();
        transport.sendMessage(message, message.getAllRecipients());
        return message;
    }
}
