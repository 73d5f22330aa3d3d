package dev.attache.reliability.mail;

import static dev.attache.reliability.worker.MailWorker.people;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.attache.contract.MailSent;
import dev.attache.contract.value.PagePaths;
import dev.attache.relay.behaviour.Answer;
import dev.attache.relay.behaviour.Behaviours;
import dev.attache.relay.behaviour.Stage;
import dev.attache.relay.traffic.AcceptedMail;
import dev.attache.reliability.worker.Figures;
import dev.attache.reliability.worker.MailDeadLetter;
import dev.attache.reliability.worker.MailWorker;
import dev.attache.reliability.worker.SentEvent;
import dev.attache.reliability.worker.Settings;
import dev.attache.reliability.worker.Workload;
import dev.attache.sandbox.DedicatedAwsTest;
import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Limits of relays and limits of sources: mails wait, and an alarm is raised where an operator must act. */
@DedicatedAwsTest
@Tag("reliability")
@ExtendWith(OutputCaptureExtension.class)
class RelayLimitsIT {

    private static final int MAILS = Settings.number("relay.mails", 45);

    /** The last pause is repeated, so the retries last longer than the throttling. */
    private static final String PAUSES = Settings.text("relay.pauses", "1s,2s,4s,6s");

    /** The pause between two mails that test whether the sender is still blocked. */
    private static final Duration SENDER_WAIT = Settings.duration("relay.sender-wait", Duration.ofSeconds(2));

    private static final int PER_SECOND = 3;

    /** At 1 mail a second, the lowest rate, plus the pauses. */
    private static final Duration PATIENCE = Duration.ofSeconds(90).plusSeconds(2L * MAILS);

    @Test
    void aRelayThatBlocksOurSenderGetsFewMails(CapturedOutput log) {
        try (var worker = MailWorker.start(Map.of(
                "resilience4j.circuitbreaker.instances.mail-sender.wait-duration-in-open-state",
                SENDER_WAIT.toMillis() + "ms"))) {
            worker.relay().behave(Behaviours.refuseRecipients(Answer.reply(550, "5.7.1 Your address is on our list")));
            var events = new Workload("blocked", 0).downloads(MAILS);

            worker.send(events);
            await("the end of sending")
                    .atMost(PATIENCE)
                    .until(() -> log.getAll().contains("ALARM The mail relay refused the last 20"));
            await("two refused mails that tested the relay")
                    .atMost(SENDER_WAIT.multipliedBy(2).plusSeconds(30))
                    .until(() -> log.getAll().split("ALARM The mail relay still refuses", -1).length > 2);
            worker.relay().behave(Behaviours.acceptAll());
            worker.awaitSettled(PATIENCE.plus(SENDER_WAIT));

            var dead = worker.deadMails();
            assertThat(dead)
                    .hasSizeBetween(20, 25)
                    .extracting(MailDeadLetter::code)
                    .containsOnly("MAIL_REFUSED");
            requireTheOthersArrivedOnce(worker, events, dead);
            assertThat(worker.mailsFailed()).hasSameSizeAs(dead);
        }
    }

    @Test
    void aSourceWhoseEnvelopeSenderIsRefusedDoesNotDelayOthers() {
        try (var worker = MailWorker.start(Map.of("attache.sources.crm.envelope-from", "nobody@crm.example"))) {
            worker.relay()
                    .behave(Behaviours.when(
                            step -> step.from().equals("nobody@crm.example"),
                            Behaviours.at(Stage.MAIL_FROM, Answer.reply(550, "5.1.8 No such sender"))));
            worker.send(new Workload("unreturnable", 0).downloads(25));
            var good = new Workload("good", 0).purchases(5);
            worker.send(good);

            worker.awaitArrived(good, PATIENCE);
            worker.awaitSettled(PATIENCE);

            assertThat(worker.breakersOpened()).as("circuit breakers opened").isZero();
            assertThat(worker.deadMails())
                    .hasSize(25)
                    .extracting(MailDeadLetter::code)
                    .containsOnly("MAIL_REFUSED");
        }
    }

    @Test
    void aRelayThatAcceptsFewMailsASecondGetsAllOfThem() {
        try (var worker = MailWorker.start(Map.of("attache.failures.mail-deferred-pauses", PAUSES))) {
            worker.relay().behave(Behaviours.throttling(PER_SECOND, Stage.RCPT_TO));
            var events = new Workload("throttled", 0).downloads(MAILS);

            worker.send(events);
            worker.awaitSettled(PATIENCE);

            assertThat(worker.deadMails()).isEmpty();
            requireTheOthersArrivedOnce(worker, events, List.of());
            assertThat(worker.breakersOpened()).as("circuit breakers opened").isZero();
            assertThat(worker.published()).as("other events").isEmpty();
            Figures.keep(
                    "throttling",
                    Map.of(
                            "mails",
                            MAILS,
                            "perSecond",
                            PER_SECOND,
                            "mostReceives",
                            worker.mostReceives(MailWorker.MAILS)));
        }
    }

    private static void requireTheOthersArrivedOnce(
            MailWorker worker, List<SentEvent> events, List<MailDeadLetter> dead) {
        var others = new HashSet<>(people(events));
        dead.forEach(deadLetter -> others.remove(deadLetter.recipient()));
        assertThat(worker.accepted())
                .isEqualTo(others.stream().collect(Collectors.toMap(person -> person, person -> 1L)));
    }

    @Test
    void aSourceGetsMailSentForEachMailAndItsOwnEnvelopeSender() {
        try (var worker = MailWorker.start(Map.of(
                "attache.sources.crm.mail-sent-events",
                "true",
                "attache.sources.crm.envelope-from",
                "bounces@crm.example"))) {
            var events = new Workload("told", 0).downloads(3);

            worker.send(events);
            worker.awaitSettled(PATIENCE);

            assertThat(worker.relay().mails())
                    .hasSize(3)
                    .extracting(AcceptedMail::from)
                    .containsOnly("bounces@crm.example");
            var sent = worker.mailsSent().stream()
                    .collect(Collectors.toMap(event -> event.recipient().address(), event -> event));
            assertThat(sent).containsOnlyKeys(people(events));
            assertThat(worker.relay().mails()).allSatisfy(mail -> {
                MailSent event = sent.get(mail.recipient());
                assertThat(mail.messageId()).contains(event.mailMessageId());
                assertThat(mail.recipient()).startsWith(event.requestId());
            });
            assertThat(worker.published())
                    .extracting(event -> event.attributes().get("type"))
                    .containsOnly("mail.sent");
            assertThat(worker.published())
                    .noneMatch(event -> event.body().contains("X-Amz-Signature")
                            || event.body().contains(PagePaths.DOWNLOAD));
        }
    }

    @Test
    void aSourceThatHasReachedItsHourlyLimitWaits(CapturedOutput log) {
        try (var worker = MailWorker.start(Map.of("attache.sources.crm.mails-per-hour", "5"))) {
            var events = new Workload("many", 0).downloads(10);
            var other = new Workload("other", 0).purchases(1);

            worker.send(events);
            worker.send(other);
            await("five mails and the other source's")
                    .atMost(PATIENCE)
                    .during(Duration.ofSeconds(2))
                    .until(() -> worker.relay().mails().size() == 6 && worker.waitingMails() == 5);

            assertThat(worker.accepted()).containsKey(people(other).getFirst());
            assertThat(Collections.max(worker.accepted().values())).isEqualTo(1);
            assertThat(worker.deadMails()).isEmpty();
            assertThat(log.getAll().lines().filter(line -> line.contains("ALARM")))
                    .singleElement()
                    .asString()
                    .contains("attache.sources.crm.mails-per-hour (5)");
            assertThat(worker.mostReceives(MailWorker.MAILS)).isEqualTo(1);
        }
    }
}
