package dev.attache.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.contract.value.PagePaths;
import dev.attache.reliability.worker.DedicatedAws;
import dev.attache.reliability.worker.Figures;
import dev.attache.reliability.worker.Outcome;
import dev.attache.reliability.worker.Outcome.Duplicate;
import dev.attache.reliability.worker.RequiresPackagedWorker;
import dev.attache.reliability.worker.SentEvent;
import dev.attache.reliability.worker.Settings;
import dev.attache.reliability.worker.SubscribedPrograms;
import dev.attache.reliability.worker.WorkerProcess;
import dev.attache.reliability.worker.Workload;
import dev.attache.sandbox.DedicatedAwsTest;
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
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.sync.RequestBody;

/** The packaged worker is killed with SIGKILL again and again, at seeded times, while it receives events. */
@DedicatedAwsTest
@Tag("reliability")
class CrashIT {

    /** The beginning of a download page's token. */
    private static final Pattern TOKEN = Pattern.compile(PagePaths.DOWNLOAD + "[0-9A-Za-z_-]{20}");

    private static final Logger LOG = LoggerFactory.getLogger(CrashIT.class);

    private static final int EVENTS = Settings.number("crash.events", 200);
    private static final int KILLS = Settings.number("crash.kills", 3);
    /** The number of recipients in the list of one event. */
    private static final int AUDIENCE = Settings.number("crash.audience", 300);

    private static final long SEED = Settings.number("crash.seed", 4711);

    private static final Duration VISIBILITY = Duration.ofSeconds(6);

    /** One in so many workers is killed while it starts. */
    private static final int KILLED_EARLY = 5;

    /** How long after a worker was killed the relay may still accept its last mail. */
    private static final Duration RELAYS_DELAY = Duration.ofSeconds(5);

    /** For a worker that has no messages left. */
    private static final Duration LONGEST_LIFE = Duration.ofSeconds(20);

    /** How many mails a worker sends at the same time (attache.mail.limits.concurrent). */
    private static final int MAILS_UNDER_WAY = 10;

    /**
     * Short enough for the test that another worker takes over the messages of a killed one. The proportions are those
     * of the defaults.
     */
    static final Map<String, String> SHORT_WAITS = Map.of(
            "spring.cloud.stream.sqs.default.consumer.backoff-initial", "1s",
            "spring.cloud.stream.sqs.default.consumer.backoff-max", "4s",
            "attache.ledger.claim-lease", "21s",
            "attache.mail.smtp.verdict-timeout", "5s",
            "spring.mail.properties.mail.smtp.connectiontimeout", "2000",
            "spring.mail.properties.mail.smtp.timeout", "1000",
            "spring.mail.properties.mail.smtp.writetimeout", "1000");

    /**
     * The figures of the run.
     *
     * @param audience how many of the recipients were in one list
     * @param duplicates mails that arrived again, with the same Message-ID
     * @param duplicatesAtKill duplicates with a kill between the two deliveries: the relay had accepted the mail, and
     *     that was not recorded
     * @param acceptedAtKill the time from the first delivery of such a mail to the kill, in milliseconds
     * @param sentAgainAfterAtMost the longest time between the two deliveries, in milliseconds
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
    void killsLoseNoMessage() throws Exception {
        var began = Instant.now();
        var handler = Thread.getDefaultUncaughtExceptionHandler();
        // The threads of the mail server log an exception when a worker is killed while it sends a mail.
        Thread.setDefaultUncaughtExceptionHandler(
                (thread, broken) -> LOG.info("{} ended: {}", thread.getName(), broken.getMessage()));

        try (var aws = DedicatedAws.start(VISIBILITY);
                var programs = new SubscribedPrograms(aws)) {
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
                runUntilKilled(life, aws, programs, events.subList(life * portion, (life + 1) * portion));
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
                    .as("duplicate mails, of them at a kill")
                    .isEqualTo(figures.duplicatesAtKill());
            assertThat(figures.duplicates()).as("duplicate mails").isLessThanOrEqualTo(KILLS * MAILS_UNDER_WAY);
        } finally {
            Thread.setDefaultUncaughtExceptionHandler(handler);
        }
        assertThat(secretsLogged()).isEmpty();
    }

    private void runUntilKilled(int life, DedicatedAws aws, SubscribedPrograms programs, List<SentEvent> events)
            throws InterruptedException {
        try (var worker = WorkerProcess.start(settings(aws), log(life))) {
            aws.send(events);
            if (life % KILLED_EARLY != KILLED_EARLY - 1) {
                worker.awaitReady();
                // By finished work, not by time, so that a worker on a slow machine is killed while it works, too.
                var enough = programs.heard() + random.nextInt(1 + events.size());
                worker.runUntil(() -> programs.heard() >= enough, LONGEST_LIFE);
            }
            worker.runFor(Duration.ofMillis(random.nextInt(500)));
            kills.add(worker.kill());
        }
    }

    private static Map<String, String> settings(DedicatedAws aws) {
        Map<String, String> settings = new HashMap<>(aws.surroundings().properties());
        settings.putAll(SHORT_WAITS);
        settings.put(DedicatedAws.VISIBILITY_TIMEOUT, VISIBILITY.toSeconds() + "s");
        return settings;
    }

    private CrashFigures figures(Outcome outcome, SubscribedPrograms programs, Duration took) {
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
     * The kill that is nearest to the first delivery of a duplicate. The relay may accept a mail shortly after its
     * worker was killed, if the mail was in the socket already.
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

    private static List<String> secretsLogged() throws IOException {
        List<String> found = new ArrayList<>();
        for (int life = 0; life <= KILLS; life++) {
            try (Stream<String> lines = Files.lines(log(life))) {
                lines.filter(line -> line.contains("X-Amz-Signature")
                                || TOKEN.matcher(line).find())
                        .map(line -> line.substring(0, 60))
                        .forEach(found::add);
            }
        }
        return found;
    }
}
