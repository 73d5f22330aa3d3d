package dev.attache.reliability.worker;

import static org.awaitility.Awaitility.await;

import dev.attache.contract.CloudEvent;
import dev.attache.contract.EventCodec;
import dev.attache.contract.EventType;
import dev.attache.contract.MailFailed;
import dev.attache.contract.MailSent;
import dev.attache.contract.json.ValidatingEventCodec;
import dev.attache.relay.SmtpServer;
import dev.attache.relay.traffic.AcceptedMail;
import dev.attache.sandbox.Upstream.ReadMessage;
import dev.attache.topology.Topology;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.context.ConfigurableApplicationContext;

/** A worker in this JVM with its own AWS and mail relay. Each service can be made to fail. */
public final class MailWorker implements AutoCloseable {

    public static final String MAILS = "email-deliveries";

    private static final EventCodec CODEC = new ValidatingEventCodec();

    /** The lease of a claim is a little longer than the longest time that a mail can take with these timeouts. */
    private static final Map<String, String> SHORT_WAITS = Map.of(
            "spring.cloud.stream.sqs.default.consumer.backoff-initial", "1s",
            "spring.cloud.stream.sqs.default.consumer.backoff-max", "4s",
            "spring.mail.properties.mail.smtp.connectiontimeout", "1000",
            "spring.mail.properties.mail.smtp.timeout", "1000",
            "spring.mail.properties.mail.smtp.writetimeout", "1000",
            "attache.mail.smtp.verdict-timeout", "2s",
            "attache.ledger.claim-lease", "17s",
            "attache.failures.mail-deferred-pauses", "1s",
            "resilience4j.circuitbreaker.configs.default.wait-duration-in-open-state", "1s");

    /** Shorter timeouts, for tests that wait until a lease ends. */
    public static final Map<String, String> SHORT_LEASE = Map.of(
            "spring.mail.properties.mail.smtp.connectiontimeout", "500",
            "spring.mail.properties.mail.smtp.timeout", "500",
            "spring.mail.properties.mail.smtp.writetimeout", "500",
            "attache.mail.smtp.verdict-timeout", "1s",
            "attache.ledger.claim-lease", "9s");

    private final DedicatedAws aws;
    private final SmtpServer relay = new SmtpServer();
    private final FaultyProxy sqs;
    private final FaultyProxy sns;
    private final FaultyProxy s3;
    private final ReceiveRecorder receives = new ReceiveRecorder();
    private final ConfigurableApplicationContext worker;
    private final CircuitBreakerOpenTimes openTimes;

    private MailWorker(Duration visibility, Map<String, String> more) {
        aws = DedicatedAws.start(visibility);
        var surroundings = aws.surroundings();
        sqs = new FaultyProxy(surroundings.endpoints().sqs().getPort());
        sns = new FaultyProxy(Service.SNS, surroundings.endpoints().sns().getPort());
        s3 = new FaultyProxy(Service.S3, surroundings.endpoints().s3().getPort());
        Map<String, String> settings = new HashMap<>(SHORT_WAITS);
        settings.put(DedicatedAws.VISIBILITY_TIMEOUT, visibility.toSeconds() + "s");
        settings.put("spring.cloud.aws.sqs.endpoint", "http://localhost:" + sqs.port());
        settings.put("spring.cloud.aws.sns.endpoint", "http://localhost:" + sns.port());
        settings.put("spring.cloud.aws.s3.endpoint", "http://localhost:" + s3.port());
        settings.put("spring.mail.host", relay.host());
        settings.put("spring.mail.port", String.valueOf(relay.port()));
        settings.putAll(more);
        try {
            worker = InProcessWorker.start(aws.surroundings(), settings, receives);
        } catch (RuntimeException failed) {
            stopServices();
            throw failed;
        }
        openTimes = new CircuitBreakerOpenTimes(worker.getBean(CircuitBreakerRegistry.class));
    }

    public static MailWorker start() {
        return start(Map.of());
    }

    /** @param more settings that take precedence */
    public static MailWorker start(Map<String, String> more) {
        return start(Duration.ofSeconds(30), more);
    }

    /** @param visibility the visibility timeout of the queues and of the worker's receives */
    public static MailWorker start(Duration visibility, Map<String, String> more) {
        return new MailWorker(visibility, more);
    }

    public SmtpServer relay() {
        return relay;
    }

    public FaultyProxy sqs() {
        return sqs;
    }

    public FaultyProxy sns() {
        return sns;
    }

    public FaultyProxy s3() {
        return s3;
    }

    public DedicatedAws aws() {
        return aws;
    }

    public void send(List<SentEvent> events) {
        aws.send(events);
    }

    /** How often a circuit breaker has opened so far. */
    public int breakersOpened() {
        return openTimes.opened();
    }

    /** Whether this circuit breaker lets calls through. */
    public boolean isClosed(String breaker) {
        return switch (worker.getBean(CircuitBreakerRegistry.class)
                .circuitBreaker(breaker)
                .getState()) {
            case CLOSED, DISABLED, METRICS_ONLY -> true;
            case OPEN, FORCED_OPEN, HALF_OPEN -> false;
        };
    }

    public void awaitSettled(Duration atMost) {
        await("the end of all messages")
                .atMost(atMost)
                .pollInterval(Duration.ofMillis(250))
                .until(() -> aws.unfinished().isEmpty());
    }

    /** Waits until the relay has accepted a mail to each of them. */
    public void awaitArrived(List<SentEvent> events, Duration atMost) {
        await("the arrival of all mails")
                .atMost(atMost)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> people(events).stream()
                        .allMatch(person -> !relay.mailsTo(person).isEmpty()));
    }

    public static List<String> people(List<SentEvent> events) {
        return events.stream().flatMap(event -> event.recipients().stream()).toList();
    }

    /** The number of accepted mails by recipient. */
    public Map<String, Long> accepted() {
        return relay.mails().stream()
                .collect(Collectors.groupingBy(AcceptedMail::recipient, TreeMap::new, Collectors.counting()));
    }

    public List<MailDeadLetter> deadMails() {
        return aws.upstream().messages(Topology.deadLetters(MAILS)).stream()
                .map(MailDeadLetter::of)
                .toList();
    }

    /** The number of messages in the queue of mails: visible, delayed or in flight. */
    public int waitingMails() {
        return aws.upstream().depth(MAILS);
    }

    /**
     * Whether exactly so many mails wait, and no request does: a fault that begins now cannot repeat a request, and so
     * no mail.
     */
    public boolean onlyMailsWait(int mails) {
        return waitingMails() == mails && aws.upstream().depth("attachment-requests") == 0;
    }

    /** The events {@code mail.failed}, once for each id. */
    public List<MailFailed> mailsFailed() {
        return published(EventType.MAIL_FAILED);
    }

    /** The events {@code mail.sent}, once for each id. */
    public List<MailSent> mailsSent() {
        return published(EventType.MAIL_SENT);
    }

    /** All events on the topic, as they were published. */
    public List<ReadMessage> published() {
        return aws.upstream().messages("attachment-events-inbox");
    }

    private <T> List<T> published(EventType<T> type) {
        return published().stream()
                .filter(message -> type.name().equals(message.attributes().get("type")))
                .map(message -> CODEC.read(message.body().getBytes(StandardCharsets.UTF_8), type))
                .collect(Collectors.toMap(CloudEvent::id, CloudEvent::data, (first, again) -> first, TreeMap::new))
                .values()
                .stream()
                .toList();
    }

    /** How often one message of a queue was received at most, since the last call. */
    public int mostReceives(String queue) {
        return receives.sinceLastLook().entrySet().stream()
                .filter(message -> message.getKey().startsWith(queue + " "))
                .mapToInt(message -> message.getValue().size())
                .max()
                .orElse(0);
    }

    /** The same for all queues. */
    public int mostReceivesOfAny() {
        return receives.sinceLastLook().values().stream()
                .mapToInt(List::size)
                .max()
                .orElse(0);
    }

    @Override
    public void close() {
        worker.close();
        stopServices();
    }

    private void stopServices() {
        try {
            sqs.close();
            sns.close();
            s3.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            relay.close();
            aws.close();
        }
    }
}
