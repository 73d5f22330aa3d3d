package dev.attache.delivery.relay.smtp;

import static dev.attache.relay.behaviour.Answer.reply;
import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.delivery.relay.MailDeferredException;
import dev.attache.delivery.relay.MailNotSentException;
import dev.attache.delivery.relay.MailRefusedException;
import dev.attache.delivery.relay.Mails;
import dev.attache.delivery.relay.RelayDownException;
import dev.attache.relay.behaviour.Answer;
import dev.attache.relay.behaviour.Behaviours;
import dev.attache.relay.behaviour.Stage;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The meaning of each reply: the table in docs/reliability.md. */
class SmtpTransportUnitTests extends SmtpTransportTestBase {

    @Test
    void aMailArrivesAsComposedWithItsDotsAndEnvelope() {
        transport.send(Mails.to(ANA));

        assertThat(server.mails()).singleElement().satisfies(mail -> {
            assertThat(mail.from()).isEqualTo("files@acme.example");
            assertThat(mail.recipients()).containsExactly(ANA);
            assertThat(new String(mail.body())).contains("Hello.\r\n.\r\n..two dots\r\n");
        });
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
    void aReplyOfSeveralLinesIsReadCompletely() {
        behave(Behaviours.refuseRecipients(reply(550, "5.7.1 Your mail", "5.7.1 was refused"))
                .times(1));

        assertThat(failure(Mails.to(ANA)).reply()).isEqualTo("550-5.7.1 Your mail 550 5.7.1 was refused");
    }

    @ParameterizedTest
    @EnumSource(
            value = Stage.class,
            names = {"CONNECT", "EHLO", "MAIL_FROM"})
    void aRefusalBeforeTheRecipientMeansThatTheRelayIsDown(Stage stage) {
        // After a refused EHLO, HELO is tried and refused too.
        behave(Behaviours.at(stage, reply(554, "5.3.2 not accepting network messages")));

        assertThat(failure(Mails.to(ANA))).isInstanceOf(RelayDownException.class);
    }

    @Test
    void aRefusedEnvelopeSenderOfASourceConcernsItsMailsOnly() {
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
    void aRelayThatSendsByteByByteIsUnderstood() {
        behave(step -> switch (step.stage()) {
            case IDLE -> Answer.standard();
            default -> Answer.slowly(Answer.standard(), Duration.ofMillis(2));
        });

        transport.send(Mails.to(ANA));

        assertThat(server.mails()).hasSize(1);
    }
}
