package dev.attache.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.greaterThan;

import dev.attache.relay.behaviour.Answer;
import dev.attache.relay.behaviour.Behaviours;
import dev.attache.relay.behaviour.Stage;
import dev.attache.relay.traffic.AcceptedMail;
import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BehavioursUnitTests {

    private final MovableClock clock = new MovableClock();
    private final SmtpServer server = new SmtpServer(SmtpSettings.standard().withClock(clock));

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aGreylistedRecipientIsAcceptedOnlyAfterItsTime() throws Exception {
        server.behave(Behaviours.greylisting(Duration.ofMinutes(5)));

        assertThat(oneMail("ana@x")).startsWith("451 4.7.1");
        clock.forward(Duration.ofMinutes(5).minusMillis(1));
        assertThat(oneMail("Ana@x")).startsWith("451 4.7.1");
        assertThat(oneMail("ben@x")).startsWith("451 4.7.1");
        clock.forward(Duration.ofMillis(1));
        assertThat(oneMail("ana@x")).startsWith("250");
        assertThat(oneMail("ben@x")).startsWith("451 4.7.1");
    }

    @Test
    void mailsBeyondTheRateAreRefusedForNow() throws Exception {
        server.behave(Behaviours.throttling(2, Stage.END_OF_DATA));

        assertThat(oneMail("1@x")).startsWith("250");
        clock.forward(Duration.ofMillis(500));
        assertThat(oneMail("2@x")).startsWith("250");
        assertThat(oneMail("3@x")).startsWith("450 4.7.0");
        clock.forward(Duration.ofMillis(500));
        assertThat(oneMail("3@x")).startsWith("250");
        assertThat(oneMail("4@x")).startsWith("450 4.7.0");
        assertThat(server.mails()).extracting(AcceptedMail::recipient).containsExactly("1@x", "2@x", "3@x");
    }

    @Test
    void recipientsBeyondTheRateAreRefusedForNow() throws Exception {
        server.behave(Behaviours.throttling(1, Stage.RCPT_TO));

        try (var client = RawClient.greeted(server)) {
            client.say("MAIL FROM:<a@x>");
            assertThat(client.say("RCPT TO:<1@x>")).startsWith("250");
            assertThat(client.say("RCPT TO:<2@x>")).startsWith("450 4.7.0");
        }
    }

    @Test
    void aConnectionEndsAfterItsNumberOfMails() throws Exception {
        server.behave(Behaviours.mailsPerConnection(2));

        try (var client = RawClient.greeted(server)) {
            assertThat(client.mail("1@x")).startsWith("250");
            assertThat(client.mail("2@x")).startsWith("250");
            assertThat(client.mail("3@x")).startsWith("421");
            assertThat(client.closedByServer()).isTrue();
        }
        assertThat(oneMail("3@x")).startsWith("250");
    }

    @Test
    void aConnectionAboveTheLimitIsRefused() throws Exception {
        server.behave(Behaviours.connectionsAtMost(1));

        try (var _ = RawClient.greeted(server);
                var second = new RawClient(server)) {
            assertThat(second.reply()).startsWith("421 4.7.0");
            assertThat(second.closedByServer()).isTrue();
        }
        assertThat(server.mostOpenConnections()).isEqualTo(2);
    }

    @Test
    void anIdleConnectionIsDropped() throws Exception {
        try (var client = RawClient.greeted(server)) {
            assertThat(client.mail("1@x")).startsWith("250");
            server.behave(Behaviours.dropIdle(Duration.ofSeconds(30), Answer.close()));
            clock.forward(Duration.ofSeconds(29));
            assertThat(client.say("NOOP")).startsWith("250");
            clock.forward(Duration.ofSeconds(30));
            assertThat(client.closedByServer()).isTrue();
            assertThat(server.openConnections()).isEmpty();
        }
    }

    @Test
    void aReplyCanBeSentBeforeAnIdleConnectionIsDropped() throws Exception {
        server.behave(
                Behaviours.dropIdle(Duration.ofSeconds(30), Answer.replyThenClose(Answer.reply(421, "4.4.2 Timeout"))));

        try (var client = RawClient.greeted(server)) {
            clock.forward(Duration.ofSeconds(30));
            assertThat(client.reply()).isEqualTo("421 4.4.2 Timeout");
            assertThat(client.closedByServer()).isTrue();
        }
    }

    @Test
    void aReplyToAnIdleConnectionIsNotSent() throws Exception {
        var idle = new AtomicInteger();
        try (var client = RawClient.greeted(server)) {
            server.behave(Behaviours.when(step -> step.stage() == Stage.IDLE, _ -> {
                idle.incrementAndGet();
                return Answer.reply(451, "4.3.0 Unasked");
            }));
            await().untilAtomic(idle, greaterThan(1));
            assertThat(client.say("NOOP")).startsWith("250");
        }
    }

    @Test
    void aDelayedAnswerIsGivenAfterItsDelay() throws Exception {
        var delay = Duration.ofMillis(60);
        server.behave(Behaviours.at(Stage.MAIL_FROM, Answer.delayed(delay, Answer.standard())));

        try (var client = RawClient.greeted(server)) {
            long begin = System.nanoTime();
            assertThat(client.say("MAIL FROM:<a@x>")).startsWith("250");
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(delay);
        }
    }

    @Test
    void aMailIsAcceptedAndTheConnectionIsResetAtQuit() throws Exception {
        server.behave(Behaviours.resetAtQuit());

        try (var client = RawClient.greeted(server)) {
            assertThat(client.mail("ana@x")).startsWith("250");
            assertThatExceptionOfType(SocketException.class).isThrownBy(() -> client.say("QUIT"));
        }
        assertThat(server.mailsTo("ana@x")).hasSize(1);
    }

    @Test
    void aConnectionIsResetInTheMiddleOfAMessage() throws Exception {
        server.behave(Behaviours.at(Stage.DATA, Answer.replyThenReset(Answer.standard(), 10)));

        try (var client = RawClient.greeted(server)) {
            client.say("MAIL FROM:<a@x>");
            client.say("RCPT TO:<b@x>");
            assertThat(client.say("DATA")).startsWith("354");
            client.send("Subject: 1");
            assertThatExceptionOfType(SocketException.class).isThrownBy(client::reply);
        }
        assertThat(server.mails()).isEmpty();
    }

    @Test
    void aConnectionIsResetAtTheFinalDotAtTheLatest() throws Exception {
        server.behave(Behaviours.at(Stage.DATA, Answer.replyThenReset(Answer.standard(), 1_000_000)));

        try (var client = RawClient.greeted(server)) {
            assertThatExceptionOfType(SocketException.class).isThrownBy(() -> client.mail("b@x"));
        }
    }

    @Test
    void aSlowReplyArrivesCompletely() throws Exception {
        server.behave(Behaviours.at(Stage.EHLO, Answer.slowly(Answer.standard(), Duration.ofMillis(1))));

        try (var client = RawClient.greeted(server)) {
            assertThat(client.mail("ana@x")).startsWith("250");
        }
    }

    @Test
    void theConnectionCanEndBeforeTheBanner() throws Exception {
        server.behave(Behaviours.at(Stage.CONNECT, Answer.close()));

        try (var client = new RawClient(server)) {
            assertThat(client.closedByServer()).isTrue();
        }
    }

    @Test
    void aBehaviourHoldsForItsNumberOfTimes() throws Exception {
        server.behave(Behaviours.refuseRecipients(Answer.reply(450, "4.2.1 Busy"))
                .times(2)
                .orElse(Behaviours.forRecipient(
                        "ana@x",
                        Behaviours.at(Stage.END_OF_DATA, Answer.reply(554, "5.6.0 No")),
                        Behaviours.acceptAll())));

        assertThat(oneMail("ana@x")).startsWith("450");
        assertThat(oneMail("ben@x")).startsWith("450");
        assertThat(oneMail("ana@x")).startsWith("554 5.6.0");
        assertThat(oneMail("ben@x")).startsWith("250");
    }

    private String oneMail(String recipient) throws IOException {
        try (var client = RawClient.greeted(server)) {
            return client.mail(recipient);
        }
    }
}
