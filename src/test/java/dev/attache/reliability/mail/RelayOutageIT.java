package dev.attache.reliability.mail;

import static dev.attache.reliability.worker.MailWorker.people;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.attache.relay.behaviour.Answer;
import dev.attache.relay.behaviour.Behaviours;
import dev.attache.relay.behaviour.Stage;
import dev.attache.reliability.worker.Fault;
import dev.attache.reliability.worker.MailDeadLetter;
import dev.attache.reliability.worker.MailWorker;
import dev.attache.reliability.worker.Settings;
import dev.attache.reliability.worker.Workload;
import dev.attache.sandbox.DedicatedAwsTest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Outages of the mail relay and of other services that a mail needs: mails wait, and none is sent twice. */
@DedicatedAwsTest
@Tag("reliability")
class RelayOutageIT {

    private static final Duration OUTAGE = Settings.duration("relay.outage", Duration.ofSeconds(3));
    /** Outages of several services at once, or of a service that seems to be up. */
    private static final Duration LONGEST_OUTAGE = Settings.duration("relay.outage.longest", Duration.ofSeconds(13));
    /** Longer than a lease. */
    private static final Duration LONG_OUTAGE = OUTAGE.plusSeconds(10);

    private static final Duration RECOVERY = Duration.ofSeconds(60);

    @Test
    void aSentMailIsAcknowledgedOnlyAfterItIsRecordedAsSent() {
        try (var worker = MailWorker.start()) {
            var first = new AtomicBoolean(true);
            worker.relay().behave(step -> {
                if (step.stage() == Stage.END_OF_DATA && first.getAndSet(false)) {
                    worker.s3().begin(Fault.UNAVAILABLE);
                }
                return Answer.standard();
            });
            var events = new Workload("unmarked", 0).downloads(1);

            worker.send(events);
            await("a sent mail whose message stays")
                    .atMost(OUTAGE.plusSeconds(30))
                    .during(OUTAGE)
                    .until(() -> worker.relay().mails().size() == 1 && worker.waitingMails() == 1);
            assertThat(claims(worker)).as("claims").singleElement().asString().doesNotContainIgnoringCase("sent");
            worker.s3().end();
            worker.awaitSettled(RECOVERY);

            assertThat(claims(worker)).as("claims").singleElement().asString().containsIgnoringCase("sent");
            assertThat(worker.relay().mails()).hasSize(1);
            assertThat(worker.mostReceives(MailWorker.MAILS)).isEqualTo(1);
            assertThat(worker.deadMails()).isEmpty();
        }
    }

    private static List<String> claims(MailWorker worker) {
        var surroundings = worker.aws().surroundings();
        var s3 = surroundings.clients().s3();
        return s3
                .listObjectsV2(request -> request.bucket(surroundings.bucket()).prefix("ledger/claims/"))
                .contents()
                .stream()
                .map(claim -> s3.getObjectAsBytes(
                                request -> request.bucket(surroundings.bucket()).key(claim.key()))
                        .asUtf8String())
                .toList();
    }

    @Test
    void relayAndSnsDownTogetherUseUpNoReceives() {
        try (var worker = MailWorker.start()) {
            var linked = new Workload("linked", 0).downloads(3);
            var requested = new Workload("requested", 0).downloads(3);
            worker.relay().refuseConnections();
            worker.send(linked);
            await("three mails that wait").atMost(RECOVERY).until(() -> worker.onlyMailsWait(3));
            worker.sns().begin(Fault.UNAVAILABLE);
            worker.send(requested);

            await("an outage without dead letters")
                    .atMost(LONGEST_OUTAGE.plusSeconds(30))
                    .during(LONGEST_OUTAGE)
                    .pollInterval(Duration.ofMillis(500))
                    .until(() -> worker.aws().deadLetters().isEmpty());
            worker.relay().acceptConnections();
            worker.sns().end();
            worker.awaitSettled(RECOVERY);

            assertThat(worker.accepted())
                    .isEqualTo(Stream.concat(people(linked).stream(), people(requested).stream())
                            .collect(Collectors.toMap(person -> person, person -> 1L)));
            assertThat(worker.mostReceivesOfAny()).as("receives of one message").isLessThanOrEqualTo(2);
            assertThat(worker.aws().deadLetters()).isEmpty();
            assertThat(worker.published()).as("other events").isEmpty();
        }
    }

    /** Such a relay accepts connections, so each probe by connection finds it up. */
    @Test
    void aRelayThatRefusesEverySenderUsesUpNoReceives() {
        try (var worker = MailWorker.start(Map.of("spring.cloud.stream.sqs.default.consumer.tries-in-place", "2"))) {
            worker.relay().behave(Behaviours.at(Stage.MAIL_FROM, Answer.reply(451, "4.3.2 Not accepting mail")));
            var events = new Workload("senderless", 0).downloads(3);

            worker.send(events);
            await("an outage without dead letters")
                    .atMost(LONGEST_OUTAGE.plusSeconds(30))
                    .during(LONGEST_OUTAGE)
                    .until(() -> worker.deadMails().isEmpty());
            worker.relay().behave(Behaviours.acceptAll());
            worker.awaitSettled(RECOVERY);

            assertThat(worker.accepted())
                    .isEqualTo(people(events).stream().collect(Collectors.toMap(person -> person, person -> 1L)));
            assertThat(worker.mostReceives(MailWorker.MAILS))
                    .as("receives of one message")
                    .isLessThanOrEqualTo(2);
        }
    }

    /** mail.failed cannot be published meanwhile; the mail must not be tried again. */
    @Test
    void aMailWithoutAReplyIsTriedTwiceAtMostWhileSnsIsDown() {
        try (var worker = MailWorker.start(MailWorker.SHORT_LEASE)) {
            worker.relay().behave(Behaviours.acceptWithoutAnswer());
            var events = new Workload("unknown", 0).downloads(1);
            worker.send(events);
            await("the first copy")
                    .atMost(RECOVERY)
                    .until(() -> worker.relay().mails().size() == 1 && worker.onlyMailsWait(1));

            worker.sns().begin(Fault.UNAVAILABLE);
            await("the second copy")
                    .atMost(RECOVERY)
                    .until(() -> worker.relay().mails().size() == 2);
            await("no third copy")
                    .atMost(LONG_OUTAGE.plusSeconds(10))
                    .during(LONG_OUTAGE)
                    .until(() -> worker.relay().mails().size() == 2);
            worker.sns().end();
            worker.awaitSettled(RECOVERY);

            assertThat(worker.relay().mails()).hasSize(2);
            assertThat(worker.deadMails()).extracting(MailDeadLetter::code).containsExactly("DELIVERY_UNCERTAIN");
            assertThat(worker.mailsFailed()).hasSize(1);
        }
    }

    /** mail.failed cannot be published meanwhile; the mail must not be sent to the relay again. */
    @Test
    void aRefusedMailIsSentOnceWhileSnsIsDown() {
        try (var worker = MailWorker.start()) {
            worker.relay().behave(Behaviours.at(Stage.END_OF_DATA, Answer.reply(554, "5.7.1 Spam")));
            worker.relay().refuseConnections();
            worker.send(new Workload("spam", 0).downloads(1));
            await("a mail that waits").atMost(RECOVERY).until(() -> worker.onlyMailsWait(1));
            worker.sns().begin(Fault.UNAVAILABLE);
            worker.relay().acceptConnections();

            await("an outage without dead letters")
                    .atMost(OUTAGE.plusSeconds(10))
                    .during(OUTAGE)
                    .until(() -> worker.deadMails().isEmpty());
            worker.sns().end();
            worker.awaitSettled(RECOVERY);

            assertThat(worker.relay().commands())
                    .filteredOn(command -> command.verb().equals("."))
                    .hasSize(1);
            assertThat(worker.deadMails()).extracting(MailDeadLetter::code).containsExactly("MAIL_REFUSED");
            assertThat(worker.mailsFailed()).hasSize(1);
        }
    }
}
