package dev.attache.reliability.mail;

import static dev.attache.reliability.worker.MailWorker.people;
import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.relay.behaviour.Behaviours;
import dev.attache.relay.behaviour.Fate;
import dev.attache.reliability.worker.MailDeadLetter;
import dev.attache.reliability.worker.MailWorker;
import dev.attache.reliability.worker.Settings;
import dev.attache.reliability.worker.Workload;
import dev.attache.sandbox.DedicatedAwsTest;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A relay whose replies to a recipient are drawn: it accepts, defers, resets connections or refuses. */
@DedicatedAwsTest
@Tag("reliability")
class RelayMixtureIT {

    private static final int MIXED = Settings.number("relay.mixed", 30);
    private static final int SEEDS = Settings.number("relay.seeds", 2);

    private static final Duration PATIENCE = Duration.ofSeconds(90).plusSeconds(4L * MIXED);

    static LongStream seeds() {
        return LongStream.range(2, 2 + SEEDS);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void withMixedRepliesEachMailArrivesOnceOrIsDeadLetteredWithACode(long seed) {
        var mixture = Behaviours.mixture(seed);
        try (var worker = MailWorker.start()) {
            worker.relay().behave(mixture);
            var events = new Workload("mixed-%d".formatted(seed), seed).downloads(MIXED);

            worker.send(events);
            worker.awaitSettled(PATIENCE);

            var dead = worker.deadMails().stream()
                    .collect(Collectors.toMap(MailDeadLetter::recipient, MailDeadLetter::code));
            SoftAssertions.assertSoftly(softly -> people(events).forEach(person -> {
                var copies = worker.relay().mailsTo(person).size();
                Fate fate = mixture.fateOf(person);
                switch (fate) {
                    case Fate.Refused refused -> {
                        softly.assertThat(copies).as("%s: %s", person, fate).isZero();
                        softly.assertThat(dead.get(person))
                                .as("%s: %s", person, fate)
                                .isEqualTo(codeOf(refused));
                    }
                    // If the reset comes after the final dot was written, the worker cannot know whether the relay
                    // has the mail.
                    case Fate.AcceptedAfterResetsDuringData twice
                    when twice.resets() > 1 && dead.containsKey(person) -> {
                        softly.assertThat(copies).as("%s: %s", person, fate).isZero();
                        softly.assertThat(dead.get(person))
                                .as("%s: %s", person, fate)
                                .isEqualTo("DELIVERY_UNCERTAIN");
                    }
                    default -> {
                        softly.assertThat(copies).as("%s: %s", person, fate).isEqualTo(1);
                        softly.assertThat(dead).as("%s: %s", person, fate).doesNotContainKey(person);
                    }
                }
            }));
            assertThat(worker.breakersOpened()).as("circuit breakers opened").isZero();
            assertThat(worker.mailsFailed())
                    .extracting(event -> event.recipient().address())
                    .containsExactlyInAnyOrderElementsOf(dead.keySet());
            assertThat(worker.published())
                    .extracting(event -> event.attributes().get("type"))
                    .containsOnly("mail.failed");
        }
    }

    private static String codeOf(Fate.Refused refused) {
        return refused.reply().lines().getFirst().startsWith("5.1.") ? "ADDRESS_INVALID" : "MAIL_REFUSED";
    }
}
