package dev.attache.reliability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.attache.reliability.worker.CircuitBreakerOpenTimes;
import dev.attache.reliability.worker.DedicatedAws;
import dev.attache.reliability.worker.Fault;
import dev.attache.reliability.worker.FaultyProxy;
import dev.attache.reliability.worker.Figures;
import dev.attache.reliability.worker.InProcessWorker;
import dev.attache.reliability.worker.Outcome;
import dev.attache.reliability.worker.ReceiveRecorder;
import dev.attache.reliability.worker.Service;
import dev.attache.reliability.worker.Settings;
import dev.attache.reliability.worker.SubscribedPrograms;
import dev.attache.reliability.worker.Workload;
import dev.attache.sandbox.DedicatedAwsTest;
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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.context.ConfigurableApplicationContext;

/** Each service fails in each way, while events are received, and recovers. */
@DedicatedAwsTest
@Tag("reliability")
class OutageIT {

    private static final Duration OUTAGE = Settings.duration("outage", Duration.ofSeconds(2));

    /** For SNS, which answers 503. */
    private static final Duration LONGEST_OUTAGE = Settings.duration("outage.longest", OUTAGE);

    /** Longer than the timeouts: otherwise the service would respond again before the worker notices. */
    private static final Duration LONGER_THAN_A_CALL = Duration.ofSeconds(6);

    /** How long a receive waits for messages, and so how long released messages may stay invisible. */
    private static final Duration POLL = Settings.duration("outage.poll", Duration.ofSeconds(2));

    private static final Duration BREAKER_WAIT = Duration.ofSeconds(1);

    /**
     * How soon all messages must be finished after the service has recovered. Long, because tests share the machine.
     */
    private static final Duration RECOVERY = Duration.ofSeconds(60);

    private static final int EVENTS = 5;

    /** By how much a receive count may grow while a circuit breaker is open. */
    private static final int MOST_RECEIVES_WHILE_OPEN = 1;

    /**
     * The figures of one outage.
     *
     * @param refused connections during the fault
     * @param opened how often a circuit breaker opened
     * @param mostReceives the highest receive count of a message
     * @param mostReceivesWhileOpen how often one message was received at most while a circuit breaker was open
     * @param duplicates mails that arrived again, with the same Message-ID
     * @param recovered milliseconds from the service's recovery until the last message was finished
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
    private static final Map<Service, FaultyProxy> PROXIES = new EnumMap<>(Service.class);
    private static final ReceiveRecorder RECEIVES = new ReceiveRecorder();

    private static DedicatedAws aws;
    private static SubscribedPrograms programs;
    private static ConfigurableApplicationContext worker;
    private static CircuitBreakerOpenTimes openTimes;

    @BeforeAll
    static void start() {
        aws = DedicatedAws.start(Duration.ofSeconds(30));
        programs = new SubscribedPrograms(aws);
        var surroundings = aws.surroundings();
        PROXIES.put(
                Service.SNS,
                new FaultyProxy(Service.SNS, surroundings.endpoints().sns().getPort()));
        PROXIES.put(
                Service.S3,
                new FaultyProxy(Service.S3, surroundings.endpoints().s3().getPort()));
        PROXIES.put(
                Service.SMTP, new FaultyProxy(Service.SMTP, surroundings.mail().smtpPort()));
        Map<String, String> settings = new HashMap<>(CrashIT.SHORT_WAITS);
        settings.put(DedicatedAws.VISIBILITY_TIMEOUT, "30s");
        settings.put(
                "spring.cloud.aws.sns.endpoint",
                "http://localhost:" + PROXIES.get(Service.SNS).port());
        settings.put(
                "spring.cloud.aws.s3.endpoint",
                "http://localhost:" + PROXIES.get(Service.S3).port());
        settings.put(
                "spring.mail.port", String.valueOf(PROXIES.get(Service.SMTP).port()));
        settings.put(
                "resilience4j.circuitbreaker.configs.default.wait-duration-in-open-state",
                BREAKER_WAIT.toMillis() + "ms");
        settings.put("spring.cloud.stream.sqs.default.consumer.poll-timeout", POLL.toSeconds() + "s");
        worker = InProcessWorker.start(aws.surroundings(), settings, RECEIVES);
        openTimes = new CircuitBreakerOpenTimes(worker.getBean(CircuitBreakerRegistry.class));
    }

    @AfterAll
    static void stop() throws IOException {
        if (worker != null) {
            worker.close();
        }
        for (var proxy : PROXIES.values()) {
            proxy.close();
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
    void anOutageLosesNoMessageAndUsesUpNoReceives(Service service, Fault fault, Duration lasts) {
        var proxy = PROXIES.get(service);
        var events = new Workload("%s-%s".formatted(service, fault).toLowerCase(), fault.ordinal()).events(3 * EVENTS);
        var refusedBefore = proxy.refused();
        var openedBefore = openTimes.opened();

        aws.send(events.subList(0, EVENTS));
        proxy.begin(fault);
        aws.send(events.subList(EVENTS, 2 * EVENTS));
        await("an outage without dead letters")
                .atMost(lasts.plusSeconds(30))
                .pollInterval(Duration.ofMillis(200))
                .during(lasts)
                .until(() -> aws.deadLetters().isEmpty());
        proxy.end();
        var back = Instant.now();
        aws.send(events.subList(2 * EVENTS, 3 * EVENTS));
        var outcome = Outcome.of(events, aws, programs, RECOVERY);
        var recovered = Duration.between(back, Instant.now());

        var receives = RECEIVES.sinceLastLook();
        var figures = new OutageFigures(
                service,
                fault,
                lasts,
                proxy.refused() - refusedBefore,
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
        assertThat(figures.refused()).as("connections during the fault").isPositive();
        assertThat(figures.mostReceivesWhileOpen())
                .as("receives of one message while a circuit breaker was open")
                .isLessThanOrEqualTo(MOST_RECEIVES_WHILE_OPEN);
        // If a connection is reset after the relay has accepted the mail and before it has replied, the mail is sent
        // again.
        assertThat(figures.duplicates()).as("duplicate mails").isLessThanOrEqualTo(EVENTS);
    }

    private static int most(Map<String, List<Instant>> receives, ToIntFunction<List<Instant>> count) {
        return receives.values().stream().mapToInt(count).max().orElse(0);
    }
}
