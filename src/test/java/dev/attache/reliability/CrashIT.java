package dev.attache.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.reliability.worker.Figures;
import dev.attache.reliability.worker.Outcome;
import dev.attache.reliability.worker.Outcome.Duplicate;
import dev.attache.reliability.worker.OwnAws;
import dev.attache.reliability.worker.Programs;
import dev.attache.reliability.worker.RequiresPackagedWorker;
import dev.attache.reliability.worker.SentEvent;
import dev.attache.reliability.worker.Settings;
import dev.attache.reliability.worker.WorkerProcess;
import dev.attache.reliability.worker.Workload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.sync.RequestBody;

/** The packaged worker is killed with SIGKILL again and again, at seeded moments, while events come in. */
@DisabledIfSystemProperty(named = "aws", matches = "localstack|external", disabledReason = "It has an AWS of its own")
class CrashIT {

    private static final Logger LOG = LoggerFactory.getLogger(CrashIT.class);

    private static final int EVENTS = Settings.number("crash.events", 200);
    private static final int KILLS = Settings.number("crash.kills", 3);
    /** People on the list of the one event with a list. */
    private static final int AUDIENCE = Settings.number("crash.audience", 300);

    private static final long SEED = Settings.number("crash.seed", 4711);

    private static final Duration VISIBILITY = Duration.ofSeconds(6);

    /** Every so many lives end while the worker starts. */
    private static final int KILLED_EARLY = 5;

    /** How long after its sender's death a relay may still take a mail. */
    private static final Duration RELAYS_DELAY = Duration.ofSeconds(5);

    /** For a life that has nothing left to do. */
    private static final Duration LONGEST_LIFE = Duration.ofSeconds(20);

    /** So many mails are on their way to the relay at once; attache.mail.limits.concurrent. */
    private static final int MAILS_UNDER_WAY = 10;

    /** So that what a dead worker held is taken over in the test's time; the proportions are those of the defaults. */
    static final Map<String, String> SHORT_WAITS = Map.of(
            "spring.cloud.stream.sqs.default.consumer.backoff-initial", "1s",
            "spring.cloud.stream.sqs.default.consumer.backoff-max", "4s",
            "attache.ledger.claim-lease", "21s",
            "attache.mail.smtp.verdict-timeout", "5s",
            "spring.mail.properties.mail.smtp.connectiontimeout", "2000",
            "spring.mail.properties.mail.smtp.timeout", "1000",
            "spring.mail.properties.mail.smtp.writetimeout", "1000");

    /**
     * What the run measured.
     *
     * @param audience how many of the people were on one list
     * @param duplicates mails that came again with the same Message-ID
     * @param duplicatesAtKill those with a kill between: the relay accepted, the mark was not written
     * @param acceptedAtKill how far from the kill such a mail was accepted for the first time, in milliseconds
     * @param sentAgainAfterAtMost the greatest time between the two deliveries, in milliseconds
     */
    record CrashFigures(
            int events,
            int kills,
            long seed,
            int audience,
            int links,
            int people,
            int mails,
            int duplicates,
            int duplicatesAtKill,
            List<Long> acceptedAtKill,
            long sentAgainAfterAtMost,
            int uploads,
            int eventsHeard,
            List<String> unfinished,
            List<String> deadLetters,
            long seconds) {}

    private final Random random = new Random(SEED);
    private final List<Instant> kills = new ArrayList<>();

    @Test
    @RequiresPackagedWorker
    void killsLoseNothing() throws Exception {
        var began = Instant.now();
        var handler = Thread.getDefaultUncaughtExceptionHandler();
        // The mail server's threads die aloud when a worker is killed in the midst of a mail.
        Thread.setDefaultUncaughtExceptionHandler(
                (thread, broken) -> LOG.info("{} ended: {}", thread.getName(), broken.getMessage()));

        try (var aws = OwnAws.start(VISIBILITY);
                var programs = new Programs(aws)) {
            var workload = new Workload("crash", SEED);
            var audience = workload.audience(AUDIENCE);
            aws.surroundings()
                    .clients()
                    .s3()
                    .putObject(
                            request ->
                                    request.bucket(aws.surroundings().bucket()).key(Workload.listKey(audience.id())),
                            RequestBody.fromString(Workload.list(audience)));
            var events = Stream.concat(Stream.of(audience), workload.events(EVENTS).stream())
                    .toList();
            var portion = EVENTS / (KILLS + 1);
            for (int life = 0; life < KILLS; life++) {
                liveAndDie(life, aws, programs, events.subList(life * portion, (life + 1) * portion));
            }
            Outcome outcome;
            try (var last = WorkerProcess.start(settings(aws), log(KILLS))) {
                aws.send(events.subList(KILLS * portion, events.size()));
                last.awaitReady();
                outcome = Outcome.of(events, aws, programs, Duration.ofSeconds(60 + EVENTS / 10));
                last.stop();
            }

            var figures = figures(outcome, programs, Duration.between(began, Instant.now()));
            Figures.keep("crash", figures);
            outcome.requireNothingLost();
            assertThat(figures.duplicates())
                    .as("mails that came again, of them at a kill")
                    .isEqualTo(figures.duplicatesAtKill());
            assertThat(figures.duplicates()).as("mails that came again").isLessThanOrEqualTo(KILLS * MAILS_UNDER_WAY);
        } finally {
            Thread.setDefaultUncaughtExceptionHandler(handler);
        }
        assertThat(signedUrlsLogged()).isEmpty();
    }

    private void liveAndDie(int life, OwnAws aws, Programs programs, List<SentEvent> events)
            throws InterruptedException {
        try (var worker = WorkerProcess.start(settings(aws), log(life))) {
            aws.send(events);
            if (life % KILLED_EARLY != KILLED_EARLY - 1) {
                worker.awaitReady();
                // Counted in work and not in time: a slow machine is killed in the midst of it too.
                var enough = programs.heard() + random.nextInt(1 + events.size());
                worker.runUntil(() -> programs.heard() >= enough, LONGEST_LIFE);
            }
            worker.runFor(Duration.ofMillis(random.nextInt(500)));
            kills.add(worker.kill());
        }
    }

    private static Map<String, String> settings(OwnAws aws) {
        Map<String, String> settings = new HashMap<>(aws.surroundings().properties());
        settings.putAll(SHORT_WAITS);
        settings.put(OwnAws.VISIBILITY_TIMEOUT, VISIBILITY.toSeconds() + "s");
        return settings;
    }

    private CrashFigures figures(Outcome outcome, Programs programs, Duration took) {
        var duplicates = outcome.duplicates();
        var atKill = duplicates.stream()
                .filter(duplicate -> kill(duplicate).isPresent())
                .toList();
        return new CrashFigures(
                EVENTS,
                kills.size(),
                SEED,
                AUDIENCE,
                outcome.linksIssued(),
                outcome.people(),
                outcome.mailsReceived(),
                duplicates.size(),
                atKill.size(),
                atKill.stream()
                        .map(it -> distance(kill(it).orElseThrow(), it).toMillis())
                        .sorted()
                        .toList(),
                duplicates.stream()
                        .mapToLong(
                                it -> Duration.between(it.first(), it.second()).toMillis())
                        .max()
                        .orElse(0),
                outcome.arrivals().size(),
                programs.heard(),
                outcome.unfinished(),
                outcome.dead(),
                took.toSeconds());
    }

    /**
     * The kill that the first delivery of a duplicate is nearest to. What the worker has already sent to the relay's
     * socket, the relay may accept shortly after the worker's death.
     */
    private Optional<Instant> kill(Duplicate duplicate) {
        return kills.stream()
                .filter(kill ->
                        kill.isAfter(duplicate.first().minus(RELAYS_DELAY)) && kill.isBefore(duplicate.second()))
                .min(Comparator.comparing(kill -> distance(kill, duplicate)));
    }

    private static Duration distance(Instant kill, Duplicate duplicate) {
        return Duration.between(duplicate.first(), kill).abs();
    }

    private static Path log(int life) {
        return Figures.FOLDER.resolve("crash-worker-%02d.log".formatted(life));
    }

    private static List<String> signedUrlsLogged() throws IOException {
        List<String> found = new ArrayList<>();
        for (int life = 0; life <= KILLS; life++) {
            try (Stream<String> lines = Files.lines(log(life))) {
                lines.filter(line -> line.contains("X-Amz-Signature"))
                        .map(line -> line.substring(0, 60))
                        .forEach(found::add);
            }
        }
        return found;
    }
}
