package dev.attache.delivery.relay;

import static dev.attache.relay.Answer.reply;
import static dev.attache.relay.Answer.replyThenClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.attache.relay.Answer;
import dev.attache.relay.Behaviour;
import dev.attache.relay.Behaviours;
import dev.attache.relay.Command;
import dev.attache.relay.ConnectionRecord;
import dev.attache.relay.SelfSignedCertificate;
import dev.attache.relay.SmtpServer;
import dev.attache.relay.SmtpSettings;
import dev.attache.relay.Stage;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each row of the table in docs/reliability.md, against an SMTP server with behaviour of its own. */
class SmtpTransportUnitTests {

    private static final String ANA = "ana@example.com";

    private final ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor();

    private SmtpServer server = new SmtpServer();

    private Properties properties = new Properties();

    private SmtpTransport transport = transport(Duration.ofSeconds(5), 100, Duration.ofSeconds(30));

    @AfterEach
    void stop() {
        transport.close();
        server.close();
        timers.shutdownNow();
    }

    private SmtpTransport transport(Duration verdict, int mailsPerConnection, Duration idle) {
        properties.setProperty("mail.smtp.timeout", "1000");
        SmtpServerSettings settings =
                new SmtpServerSettings("smtp", server.host(), server.port(), null, null, properties, timers);
        return new SmtpTransport(
                new SmtpConnections(settings, 10, idle, mailsPerConnection), verdict, "files@acme.example");
    }

    private void use(SmtpTransport other) {
        transport.close();
        transport = other;
    }

    private MailNotSentException failure(OutgoingMail mail) {
        try {
            transport.send(mail);
        } catch (MailNotSentException e) {
            return e;
        }
        throw new AssertionError("The mail was sent");
    }

    private void behave(Behaviour behaviour) {
        server.behave(behaviour);
    }

    @Test
    void aMailArrivesAsItWasMadeWithItsDotsAndItsEnvelope() {
        transport.send(Mails.to(ANA));

        assertThat(server.mails()).singleElement().satisfies(mail -> {
            assertThat(mail.from()).isEqualTo("files@acme.example");
            assertThat(mail.recipients()).containsExactly(ANA);
            assertThat(new String(mail.body())).contains("Hello.\r\n.\r\n..two dots\r\n");
        });
    }

    @Test
    void connectionsAreKeptOpenAndUsedAgain() {
        for (int i = 0; i < 20; i++) {
            transport.send(Mails.to("person-" + i + "@example.com"));
        }

        assertThat(server.mails()).hasSize(20);
        assertThat(server.connections()).hasSize(1);
    }

    @Test
    void aConnectionTakesNoMoreMailsThanItMay() {
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
    void aConnectionThatIsNotUsedIsClosed() {
        use(transport(Duration.ofSeconds(5), 100, Duration.ofMillis(100)));
        transport.send(Mails.to(ANA));

        await().atMost(Duration.ofSeconds(10))
                .until(() -> server.openConnections().isEmpty());

        assertThat(server.commands()).extracting(Command::verb).contains("QUIT");
    }

    @ParameterizedTest(name = "{0} at {1}")
    @CsvSource(delimiter = '|', textBlock = """
        450 4.2.0 greylisted                       | RCPT_TO
        451 4.7.1 try again in 300 s               | RCPT_TO
        452 4.2.2 mailbox full                     | RCPT_TO
        451 4.3.0 queue file write error           | DATA
        450 4.7.0 too many mails                   | END_OF_DATA
        """)
    void aTransientReplyToTheMailDefersTheMailAndKeepsTheConnection(String reply, Stage stage) {
        behave(Behaviours.at(stage, reply(Integer.parseInt(reply.substring(0, 3)), reply.substring(4)))
                .times(1));

        MailNotSentException failure = failure(Mails.to(ANA));
        transport.send(Mails.to(ANA));

        assertThat(failure).isInstanceOf(MailDeferredException.class);
        assertThat(failure.reply()).isEqualTo(reply);
        assertThat(server.mails()).hasSize(1);
        assertThat(server.connections()).hasSize(1);
    }

    @ParameterizedTest(name = "{0} at {1}")
    @CsvSource(delimiter = '|', textBlock = """
        550 5.1.1 <ana@example.com>: no such user  | RCPT_TO     | true
        550 5.1.10 null MX                         | RCPT_TO     | true
        501 5.1.3 bad address syntax               | RCPT_TO     | true
        550 5.1.2 host unknown                     | END_OF_DATA | true
        550 no such user here                      | RCPT_TO     | false
        550 5.7.1 relaying denied                  | RCPT_TO     | false
        553 5.1.8 sender's domain does not exist   | RCPT_TO     | false
        554 5.7.1 rejected as spam                 | END_OF_DATA | false
        552 5.3.4 message too big                  | END_OF_DATA | false
        554 no valid recipients                    | DATA        | false
        """)
    void aPermanentReplyToTheMailRefusesTheMailAndKeepsTheConnection(
            String reply, Stage stage, boolean addressInvalid) {
        behave(Behaviours.at(stage, reply(Integer.parseInt(reply.substring(0, 3)), reply.substring(4)))
                .times(1));

        MailNotSentException failure = failure(Mails.to(ANA));
        transport.send(Mails.to(ANA));

        assertThat(failure)
                .isInstanceOfSatisfying(
                        MailRefusedException.class,
                        refused -> assertThat(refused.addressInvalid()).isEqualTo(addressInvalid));
        assertThat(failure.reply()).isEqualTo(reply);
        assertThat(failure.getMessage()).contains(reply.substring(0, 3)).doesNotContain("ana@");
        assertThat(server.connections()).hasSize(1);
    }

    @Test
    void aReplyOfManyLinesIsReadWhole() {
        behave(Behaviours.refuseRecipients(reply(550, "5.7.1 Your mail", "5.7.1 was refused"))
                .times(1));

        assertThat(failure(Mails.to(ANA)).reply()).isEqualTo("550-5.7.1 Your mail 550 5.7.1 was refused");
    }

    @ParameterizedTest
    @EnumSource(
            value = Stage.class,
            names = {"CONNECT", "EHLO", "MAIL_FROM"})
    void aRefusalBeforeTheRecipientIsNamedIsAboutTheRelay(Stage stage) {
        // HELO is tried where EHLO is not known, and refused as well.
        behave(Behaviours.at(stage, reply(554, "5.3.2 not accepting network messages")));

        assertThat(failure(Mails.to(ANA))).isInstanceOf(RelayDownException.class);
    }

    @Test
    void aRefusedEnvelopeSenderOfASourceIsAboutItsMails() {
        behave(Behaviours.when(
                step -> step.from().equals("bounces@crm.example"),
                Behaviours.at(Stage.MAIL_FROM, reply(553, "5.7.1 sender not allowed"))));

        assertThat(failure(Mails.ofSource("bounces@crm.example", ANA)))
                .isInstanceOfSatisfying(
                        MailRefusedException.class,
                        refused -> assertThat(refused.addressInvalid()).isFalse());
        transport.send(Mails.to(ANA));
    }

    @Test
    void credentialsThatAreNotAcceptedAreAboutTheRelayAndNotShown() {
        server.close();
        server = new SmtpServer(SmtpSettings.standard().withCredentials("worker", "right"));
        properties.setProperty("mail.smtp.auth", "true");
        SmtpServerSettings wrong =
                new SmtpServerSettings("smtp", server.host(), server.port(), "worker", "wrong", properties, timers);
        use(new SmtpTransport(
                new SmtpConnections(wrong, 10, Duration.ofSeconds(30), 100),
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
                new SmtpConnections(settings, 10, Duration.ofSeconds(30), 100),
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
    void theVerdictHasItsOwnTimeUnderTlsToo() throws Exception {
        server.close();
        server = new SmtpServer(SmtpSettings.standard().withStartTls());
        behave(Behaviours.at(Stage.END_OF_DATA, Answer.delayed(Duration.ofMillis(1500), Answer.standard())));
        properties.setProperty("mail.smtp.starttls.required", "true");
        properties.setProperty("mail.smtp.ssl.trust", "*");
        properties.setProperty("mail.smtp.ssl.checkserveridentity", "false");
        use(transport(Duration.ofSeconds(30), 100, Duration.ofSeconds(30)));

        transport.send(Mails.to(ANA));

        assertThat(server.mails()).hasSize(1);
    }

    @Test
    void noRelayAtAllIsAboutTheRelay() {
        server.refuseConnections();

        assertThat(failure(Mails.to(ANA))).isInstanceOf(RelayDownException.class);
    }

    @Test
    void aRelayThatSaysNothingIsAboutTheRelay() {
        behave(Behaviours.at(Stage.CONNECT, Answer.silence()));

        assertThat(failure(Mails.to(ANA)))
                .isInstanceOf(RelayDownException.class)
                .hasMessageContaining("timed out");
    }

    @ParameterizedTest
    @EnumSource(
            value = Stage.class,
            names = {"MAIL_FROM", "RCPT_TO", "DATA"})
    void aReusedConnectionThatIsResetBeforeTheDataIsReplacedByANewOne(Stage stage) {
        transport.send(Mails.to(ANA));
        behave(Behaviours.at(stage, Answer.reset()).times(1));

        transport.send(Mails.to("bo@example.com"));

        assertThat(server.mails()).hasSize(2);
        assertThat(server.connections()).hasSize(2);
    }

    @Test
    void aReusedConnectionThatIsClosedWith421IsReplacedByANewOne() {
        behave(Behaviours.mailsPerConnection(1));
        transport.send(Mails.to(ANA));

        transport.send(Mails.to("bo@example.com"));

        assertThat(server.mails()).hasSize(2);
        assertThat(server.connections()).hasSize(2);
    }

    @Test
    void allIdleConnectionsThatDiedTogetherCostOneNewConnectionEach() throws Exception {
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
    void aFreshConnectionThatIsClosedAtOnceIsTheFailureThatCounts() {
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
    void a421ToTheMailIsAboutTheRelay(Stage stage) {
        behave(Behaviours.at(stage, replyThenClose(reply(421, "4.3.2 shutting down"))));

        assertThat(failure(Mails.to(ANA))).isInstanceOf(RelayDownException.class);
    }

    @ParameterizedTest
    @EnumSource(
            value = Stage.class,
            names = {"RCPT_TO", "DATA"})
    void aFreshConnectionThatIsLostOnceTheRecipientIsNamedDefersTheMail(Stage stage) {
        behave(Behaviours.at(stage, Answer.reset()));

        assertThat(failure(Mails.to(ANA))).isInstanceOf(MailDeferredException.class);
    }

    @Test
    void aConnectionThatIsLostWhileTheMailIsSentDefersTheMail() {
        behave(Behaviours.at(Stage.DATA, Answer.replyThenReset(reply(354, "go ahead"), 20_000)));

        // More than the buffers of both sockets can hold, so that the mail cannot be sent in full before the reset.
        MailNotSentException failure =
                failure(Mails.withText(ANA, "A line of text that is repeated.\r\n".repeat(600_000)));

        assertThat(failure).isInstanceOf(MailDeferredException.class);
        assertThat(server.mails()).isEmpty();
    }

    @Test
    void aResetAfterTheAnswerChangesNothing() {
        use(transport(Duration.ofSeconds(5), 1, Duration.ofSeconds(30)));
        behave(Behaviours.resetAtQuit());

        transport.send(Mails.to(ANA));
        transport.send(Mails.to("bo@example.com"));

        assertThat(server.mails()).hasSize(2);
    }

    @Test
    void aRelayThatTakesTheMailAndResetsBeforeItAnswersLeavesItUncertain() {
        behave(Behaviours.at(Stage.END_OF_DATA, Answer.acceptThen(Answer.reset())));

        assertThat(failure(Mails.to(ANA))).isInstanceOf(DeliveryUncertainException.class);
        assertThat(server.mails()).hasSize(1);
    }

    @Test
    void aRelayThatTakesTheMailAndSaysNothingLeavesItUncertain() {
        use(transport(Duration.ofMillis(1500), 100, Duration.ofSeconds(30)));
        behave(Behaviours.acceptWithoutAnswer());

        assertThat(failure(Mails.to(ANA))).isInstanceOf(DeliveryUncertainException.class);
    }

    @Test
    void theVerdictIsWaitedForLongerThanAnyOtherReply() {
        behave(Behaviours.at(Stage.END_OF_DATA, Answer.delayed(Duration.ofMillis(1500), Answer.standard())));
        use(transport(Duration.ofSeconds(30), 100, Duration.ofSeconds(30)));

        transport.send(Mails.to(ANA));
        behave(Behaviours.at(Stage.RCPT_TO, Answer.delayed(Duration.ofMillis(1500), Answer.standard())));

        assertThat(failure(Mails.to("bo@example.com")))
                .as("the usual timeout is back")
                .isInstanceOf(MailDeferredException.class);
    }

    @Test
    void aStammeringRelayIsUnderstood() {
        behave(step -> switch (step.stage()) {
            case IDLE -> Answer.standard();
            default -> Answer.slowly(Answer.standard(), Duration.ofMillis(2));
        });

        transport.send(Mails.to(ANA));

        assertThat(server.mails()).hasSize(1);
    }

    @Test
    void aProbeOpensAConnectionThatTheNextMailUses() {
        transport.probe();
        transport.send(Mails.to(ANA));

        assertThat(server.connections())
                .singleElement()
                .extracting(ConnectionRecord::mails)
                .isEqualTo(1);
    }

    @Test
    void aProbeOfARelayThatIsDownFails() {
        server.refuseConnections();

        assertThatExceptionOfType(RelayDownException.class).isThrownBy(() -> transport.probe());
    }

    @ParameterizedTest
    @ValueSource(ints = {421, 451, 550})
    void aProbeOfARelayThatTakesNoSenderFails(int code) {
        behave(Behaviours.at(Stage.MAIL_FROM, reply(code, "4.3.2 Not accepting mail")));

        assertThatExceptionOfType(RelayDownException.class).isThrownBy(() -> transport.probe());

        await().atMost(Duration.ofSeconds(10))
                .until(() -> server.openConnections().isEmpty());
    }

    @Test
    void aRelayThatPermitsNoSecondConnectionIsUsedWithOne() throws Exception {
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

        assertThat(sent)
                .as("mails that were sent, none having met a relay that is down")
                .hasValue(5);
        transport.probe();
    }

    @Test
    void noConnectionIsLeftOpenWhateverWasAnswered() {
        behave(Behaviours.mixture(7));
        for (int i = 0; i < 60; i++) {
            try {
                transport.send(Mails.to("person-" + i + "@example.com"));
            } catch (MailNotSentException expected) {
                // Each in its own way.
            }
        }

        assertThat(server.mostOpenConnections()).isLessThanOrEqualTo(2);
        transport.close();
        await().atMost(Duration.ofSeconds(10))
                .until(() -> server.openConnections().isEmpty());
    }
}
