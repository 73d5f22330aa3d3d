package dev.attache.reliability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.attache.reliability.worker.Door;
import dev.attache.reliability.worker.Fault;
import dev.attache.reliability.worker.Figures;
import dev.attache.reliability.worker.OpenTimes;
import dev.attache.reliability.worker.Outcome;
import dev.attache.reliability.worker.OwnAws;
import dev.attache.reliability.worker.Programs;
import dev.attache.reliability.worker.Receives;
import dev.attache.reliability.worker.Service;
import dev.attache.reliability.worker.Settings;
import dev.attache.reliability.worker.WorkerHere;
import dev.attache.reliability.worker.Workload;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.context.ConfigurableApplicationContext;

/** One service after the other fails in each of the ways it can, while events come in, and comes back. */
@DisabledIfSystemProperty(named = "aws", matches = "localstack|external", disabledReason = "It has an AWS of its own")
class OutageIT {

    private static final Duration OUTAGE = Settings.duration("outage", Duration.ofSeconds(2));

    /** SNS's, when it answers 503. */
    private static final Duration LONGEST_OUTAGE = Settings.duration("outage.longest", OUTAGE);

    /** Or silence would be over before it is noticed. */
    private static final Duration LONGER_THAN_A_CALL = Duration.ofSeconds(6);

    /** How long a receive waits for messages, and by that how long what goes back stays away. */
    private static final Duration POLL = Settings.duration("outage.poll", Duration.ofSeconds(2));

    private static final Duration BREAKER_WAIT = Duration.ofSeconds(1);

    /** How soon everything must be done once the service is back: generous, for tests share their machine. */
    private static final Duration RECOVERY = Duration.ofSeconds(60);

    private static final int EVENTS = 5;

    /** By how much a receive count may grow while a breaker is open. */
    private static final int MOST_RECEIVES_WHILE_OPEN = 1;

    /**
     * What one outage did.
     *
     * @param refused connections that met the fault
     * @param opened how often a circuit breaker opened
     * @param mostReceives how often any one message was received in all
     * @param mostReceivesWhileOpen how often any one message was received while a breaker was open
     * @param duplicates mails that came again with the same Message-ID
     * @param recovered milliseconds from the service's return until the last message was done
     */
    record OutageFigures(
            Service service,
            Fault fault,
            Duration outage,
            int refused,
            int opened,
            int events,
            int mails,
            int mostReceives,
            int mostReceivesWhileOpen,
            int duplicates,
            List<String> deadLetters,
            long recovered) {}

    private static final List<OutageFigures> FIGURES = new ArrayList<>();
    private static final Map<Service, Door> DOORS = new EnumMap<>(Service.class);
    private static final Receives RECEIVES = new Receives();

    private static OwnAws aws;
    private static Programs programs;
    private static ConfigurableApplicationContext worker;
    private static OpenTimes openTimes;

    @BeforeAll
    static void start() {
        aws = OwnAws.start(Duration.ofSeconds(30));
        programs = new Programs(aws);
        var ports = aws.embedded().ports();
        DOORS.put(Service.SNS, new Door(Service.SNS, ports.sns()));
        DOORS.put(Service.S3, new Door(Service.S3, ports.s3()));
        DOORS.put(Service.SMTP, new Door(Service.SMTP, ports.smtp()));
        Map<String, String> settings = new HashMap<>(CrashIT.SHORT_WAITS);
        settings.put(OwnAws.VISIBILITY_TIMEOUT, "30s");
        settings.put(
                "spring.cloud.aws.sns.endpoint",
                "http://localhost:" + DOORS.get(Service.SNS).port());
        settings.put(
                "spring.cloud.aws.s3.endpoint",
                "http://localhost:" + DOORS.get(Service.S3).port());
        settings.put("spring.mail.port", String.valueOf(DOORS.get(Service.SMTP).port()));
        settings.put(
                "resilience4j.circuitbreaker.configs.default.wait-duration-in-open-state",
                BREAKER_WAIT.toMillis() + "ms");
        settings.put("spring.cloud.stream.sqs.default.consumer.poll-timeout", POLL.toSeconds() + "s");
        worker = WorkerHere.start(aws.surroundings(), settings, RECEIVES);
        openTimes = new OpenTimes(worker.getBean(CircuitBreakerRegistry.class));
    }

    @AfterAll
    static void stop() throws IOException {
        if (worker != null) {
            worker.close();
        }
        for (var door : DOORS.values()) {
            door.close();
        }
        programs.close();
        aws.close();
        Figures.keep("outage", FIGURES);
    }

    static Stream<Arguments> outages() {
        return Arrays.stream(Service.values())
                .flatMap(service -> Arrays.stream(Fault.values())
                        .map(fault -> Arguments.of(service, fault, lasting(service, fault))));
    }

    private static Duration lasting(Service service, Fault fault) {
        if (fault == Fault.HANG) {
            return OUTAGE.compareTo(LONGER_THAN_A_CALL) > 0 ? OUTAGE : LONGER_THAN_A_CALL;
        }
        return service == Service.SNS && fault == Fault.UNAVAILABLE ? LONGEST_OUTAGE : OUTAGE;
    }

    @ParameterizedTest(name = "{0} {1} for {2}")
    @MethodSource("outages")
    void anOutageLosesNothingAndBurnsNoReceives(Service service, Fault fault, Duration lasts) {
        var door = DOORS.get(service);
        var events = new Workload("%s-%s".formatted(service, fault).toLowerCase(), fault.ordinal()).events(3 * EVENTS);
        var refusedBefore = door.refused();
        var openedBefore = openTimes.opened();

        aws.send(events.subList(0, EVENTS));
        door.begin(fault);
        aws.send(events.subList(EVENTS, 2 * EVENTS));
        await("an outage without dead letters")
                .atMost(lasts.plusSeconds(30))
                .pollInterval(Duration.ofMillis(200))
                .during(lasts)
                .until(() -> aws.deadLetters().isEmpty());
        door.end();
        var back = Instant.now();
        aws.send(events.subList(2 * EVENTS, 3 * EVENTS));
        var outcome = Outcome.of(events, aws, programs, RECOVERY);
        var recovered = Duration.between(back, Instant.now());

        var receives = RECEIVES.sinceLastLook();
        var figures = new OutageFigures(
                service,
                fault,
                lasts,
                door.refused() - refusedBefore,
                openTimes.opened() - openedBefore,
                events.size(),
                outcome.mailsReceived(),
                most(receives, List::size),
                most(receives, openTimes::mostOf),
                outcome.duplicates().size(),
                outcome.dead(),
                recovered.toMillis());
        FIGURES.add(figures);
        outcome.requireNothingLost();
        assertThat(figures.refused()).as("connections that met the fault").isPositive();
        assertThat(figures.mostReceivesWhileOpen())
                .as("receives of one message while a breaker was open")
                .isLessThanOrEqualTo(MOST_RECEIVES_WHILE_OPEN);
        // A connection that breaks after the relay has accepted and before it could say so.
        assertThat(figures.duplicates()).as("mails that came again").isLessThanOrEqualTo(EVENTS);
    }

    private static int most(Map<String, List<Instant>> receives, ToIntFunction<List<Instant>> count) {
        return receives.values().stream().mapToInt(count).max().orElse(0);
    }
}
