package dev.attache.reliability.mail;

import static dev.attache.reliability.worker.MailWorker.people;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.attache.contract.MailFailed;
import dev.attache.relay.behaviour.Answer;
import dev.attache.relay.behaviour.Behaviour;
import dev.attache.relay.behaviour.Behaviours;
import dev.attache.relay.behaviour.Stage;
import dev.attache.relay.traffic.AcceptedMail;
import dev.attache.reliability.worker.MailDeadLetter;
import dev.attache.reliability.worker.MailWorker;
import dev.attache.reliability.worker.Settings;
import dev.attache.reliability.worker.Workload;
import dev.attache.sandbox.DedicatedAwsTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Mails that a relay does not accept at once (RFC 5321, section 4.2), and other mails meanwhile. */
@DedicatedAwsTest
@Tag("reliability")
@ExtendWith(OutputCaptureExtension.class)
class RelayIT {

    /** Few enough not to reduce the sending rate. */
    private static final int GREYLISTED = Settings.number("relay.greylisted", 4);

    /** Long, because tests share the machine. */
    private static final Duration SOON = Duration.ofSeconds(30);

    private static final Duration PATIENCE = Duration.ofSeconds(210);

    /**
     * A case in which the relay never accepts a mail.
     *
     * @param codes the codes that are allowed in its dead letter
     * @param words the relay's reply must contain them; empty if there is no reply
     */
    private record Poison(Behaviour behaviour, Set<String> codes, String words) {

        static Poison refused(Stage stage, int reply, String words, String code) {
            return new Poison(Behaviours.at(stage, Answer.reply(reply, words)), Set.of(code), words);
        }
    }

    /** Sorted by name; the name is the beginning of the address. */
    private static final Map<String, Poison> POISONS = Map.of(
            "deferred", Poison.refused(Stage.RCPT_TO, 451, "4.7.1 Not today, Ana", "RETRIES_EXHAUSTED"),
            "invalid", Poison.refused(Stage.RCPT_TO, 501, "5.1.3 Bad syntax of Ana", "ADDRESS_INVALID"),
            "refused", Poison.refused(Stage.END_OF_DATA, 554, "5.7.1 Spam from Ana", "MAIL_REFUSED"),
            "reset-at-rcpt", new Poison(Behaviours.at(Stage.RCPT_TO, Answer.reset()), Set.of("RETRIES_EXHAUSTED"), ""),
            // The reset comes before or after the final dot was written. Only after it the relay may have the mail.
            "reset-in-data",
                    new Poison(
                            Behaviours.at(Stage.DATA, Answer.replyThenReset(Answer.standard(), 200)),
                            Set.of("DELIVERY_UNCERTAIN", "RETRIES_EXHAUSTED"),
                            ""));

    @Test
    void aMailThatTheRelayNeverAcceptsDoesNotDelayOthers(CapturedOutput log) {
        try (var worker = MailWorker.start()) {
            worker.relay()
                    .behave(step -> POISONS.entrySet().stream()
                            .filter(poison -> step.recipient()
                                    .filter(person -> person.startsWith(poison.getKey()))
                                    .isPresent())
                            .findFirst()
                            .map(poison -> poison.getValue().behaviour().answer(step))
                            .orElse(Answer.standard()));
            Map<String, String> poisoned = new LinkedHashMap<>();
            POISONS.keySet().forEach(name -> {
                var event = new Workload(name, 0).downloads(1);
                worker.send(event);
                poisoned.put(event.getFirst().recipients().getFirst(), name);
            });
            var good = new Workload("good", 0).downloads(20);
            worker.send(good);

            worker.awaitArrived(good, SOON);
            worker.awaitSettled(PATIENCE);

            assertThat(worker.accepted()).isEqualTo(once(people(good)));
            assertThat(worker.breakersOpened()).as("circuit breakers opened").isZero();
            assertThat(worker.published())
                    .extracting(event -> event.attributes().get("type"))
                    .containsOnly("mail.failed");
            requireEachDead(worker, poisoned);
            assertThat(log.getAll()).doesNotContain("Ana").doesNotContain(poisoned.keySet());
        }
    }

    private static void requireEachDead(MailWorker worker, Map<String, String> poisoned) {
        var dead =
                worker.deadMails().stream().collect(Collectors.toMap(MailDeadLetter::recipient, Function.identity()));
        var failed = worker.mailsFailed().stream()
                .collect(Collectors.toMap(event -> event.recipient().address(), Function.identity()));
        assertThat(dead).containsOnlyKeys(poisoned.keySet());
        assertThat(failed).containsOnlyKeys(poisoned.keySet());
        SoftAssertions.assertSoftly(softly -> poisoned.forEach((address, name) -> {
            Poison poison = POISONS.get(name);
            MailDeadLetter deadLetter = dead.get(address);
            MailFailed event = failed.get(address);
            softly.assertThat(deadLetter.code()).as(name).isIn(poison.codes());
            softly.assertThat(event.code().name()).as(name).isEqualTo(deadLetter.code());
            softly.assertThat(event.attempts()).as(name).isEqualTo(deadLetter.attempts());
            softly.assertThat(deadLetter.reason())
                    .as(name)
                    .contains(poison.words())
                    .doesNotContain("http");
            softly.assertThat(event.detail()).as(name).doesNotContain("http", "Ana");
            if (poison.words().isEmpty()) {
                softly.assertThat(event.reply()).as(name).isNull();
            } else {
                softly.assertThat(event.reply()).as(name).contains(poison.words());
            }
        }));
        assertThat(dead.values())
                .filteredOn(
                        deadLetter -> Set.of("ADDRESS_INVALID", "MAIL_REFUSED").contains(deadLetter.code()))
                .extracting(MailDeadLetter::attempts)
                .as("receives of mails that were refused permanently")
                .containsOnly(1);
    }

    @Test
    void aGreylistedMailArrivesOnce() {
        try (var worker = MailWorker.start()) {
            worker.relay().behave(Behaviours.greylisting(Duration.ofSeconds(3)));
            var events = new Workload("greylisted", 0).downloads(GREYLISTED);

            worker.send(events);
            worker.awaitSettled(PATIENCE);

            assertThat(worker.accepted()).isEqualTo(once(people(events)));
            requireNothingDead(worker);
        }
    }

    @Test
    void aConnectionThatIsResetAtQuitRepeatsNoMail() {
        try (var worker = MailWorker.start(Map.of("attache.mail.smtp.mails-per-connection", "1"))) {
            worker.relay().behave(Behaviours.resetAtQuit());
            var events = new Workload("quit", 0).downloads(20);

            worker.send(events);
            worker.awaitSettled(PATIENCE);

            assertThat(worker.accepted()).isEqualTo(once(people(events)));
            assertThat(worker.relay().connections()).hasSizeGreaterThanOrEqualTo(20);
            assertThat(worker.breakersOpened()).as("circuit breakers opened").isZero();
            requireNothingDead(worker);
        }
    }

    @Test
    void aMailWithoutAReplyIsTriedTwiceAtMost() {
        try (var worker = MailWorker.start(MailWorker.SHORT_LEASE)) {
            var once = new Workload("once", 0).downloads(1);
            var never = new Workload("never", 0).downloads(2);
            var firstOnly = Behaviours.acceptWithoutAnswer().times(1);
            worker.relay()
                    .behave(Behaviours.forRecipient(
                            people(once).getFirst(), firstOnly, Behaviours.acceptWithoutAnswer()));

            worker.send(once);
            worker.send(never);
            worker.awaitSettled(PATIENCE);

            var all = new ArrayList<>(people(once));
            all.addAll(people(never));
            assertThat(worker.accepted())
                    .as("copies")
                    .isEqualTo(all.stream().collect(Collectors.toMap(Function.identity(), it -> 2L)));
            assertThat(all)
                    .allSatisfy(person -> assertThat(worker.relay().mailsTo(person))
                            .extracting(AcceptedMail::messageId)
                            .as("Message-IDs")
                            .containsOnly(
                                    worker.relay().mailsTo(person).getFirst().messageId()));
            assertThat(worker.deadMails())
                    .extracting(MailDeadLetter::recipient, MailDeadLetter::code)
                    .containsExactlyInAnyOrderElementsOf(people(never).stream()
                            .map(person -> tuple(person, "DELIVERY_UNCERTAIN"))
                            .toList());
            assertThat(worker.mailsFailed())
                    .extracting(event -> event.code().name())
                    .containsExactly("DELIVERY_UNCERTAIN", "DELIVERY_UNCERTAIN");
            assertThat(worker.breakersOpened()).as("circuit breakers opened").isZero();
        }
    }

    private static void requireNothingDead(MailWorker worker) {
        assertThat(worker.deadMails()).as("dead letters").isEmpty();
        assertThat(worker.published()).as("other events").isEmpty();
    }

    private static Map<String, Long> once(List<String> people) {
        return people.stream().collect(Collectors.toMap(Function.identity(), person -> 1L));
    }
}
