package dev.attache.reliability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.attache.AttacheApplication;
import dev.attache.reliability.worker.DedicatedAws;
import dev.attache.reliability.worker.ReceiveRecorder;
import dev.attache.reliability.worker.Settings;
import dev.attache.reliability.worker.Workload;
import dev.attache.sandbox.Upstream.ReadMessage;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.health.actuate.endpoint.IndicatedHealthDescriptor;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * AWS refuses calls of the worker for a while: no message is lost, health and log say why, and the worker continues by
 * itself.
 */
@DisabledIfSystemProperty(
        named = "aws",
        matches = "localstack|external",
        disabledReason = "It uses its own embedded AWS")
class DeniedIT {

    /** How long calls are refused. */
    private static final Duration DENIED = Settings.duration("denied", Duration.ofSeconds(3));

    private static final Duration CREDENTIALS_AWAY_FOR = Settings.duration("denied.credentials", DENIED);

    private static final Duration RECOVERY = Duration.ofSeconds(60);

    /** While the gate is closed, messages are received one by one as probes. */
    private static final int FEW = 5;

    private static final RefusingAws REFUSING = new RefusingAws();
    private static final ReceiveRecorder RECEIVES = new ReceiveRecorder();
    private static final AtomicBoolean CREDENTIALS_AWAY = new AtomicBoolean();

    private static DedicatedAws aws;
    private static ConfigurableApplicationContext worker;

    private final String name = "d" + Long.toString(System.nanoTime(), 36);

    @BeforeAll
    static void start() {
        aws = DedicatedAws.start(Duration.ofSeconds(30));
        Map<String, String> settings = new HashMap<>(aws.surroundings().properties());
        settings.putAll(CrashIT.SHORT_WAITS);
        settings.put("server.port", "0");
        settings.put("management.server.port", "0");
        settings.put("spring.jmx.enabled", "false");
        settings.put("resilience4j.circuitbreaker.configs.default.wait-duration-in-open-state", "300ms");
        settings.put("spring.cloud.stream.sqs.default.consumer.poll-timeout", "1s");
        // Without a cache, S3 is asked for each object.
        settings.put("attache.links.catalog-ttl", "0s");
        // A round that is refused would keep health down until the next one, a minute later.
        settings.put("attache.uploads.sweep-interval", "0");
        var credentials = AwsBasicCredentials.create(
                aws.surroundings().endpoints().accessKey(),
                aws.surroundings().endpoints().secretKey());
        AwsCredentialsProvider provider = () -> {
            if (CREDENTIALS_AWAY.get()) {
                throw SdkClientException.create("Unable to load credentials from any of the providers in the chain");
            }
            return credentials;
        };
        worker = new SpringApplicationBuilder(AttacheApplication.class)
                .profiles("sandbox")
                .registerShutdownHook(false)
                .initializers(context -> {
                    var beans = (GenericApplicationContext) context;
                    beans.registerBean(ReceiveRecorder.class, () -> RECEIVES);
                    beans.registerBean(RefusingAws.class, () -> REFUSING);
                    beans.registerBean("credentialsProvider", AwsCredentialsProvider.class, () -> provider);
                })
                .run(settings.entrySet().stream()
                        .map(setting -> "--" + setting.getKey() + "=" + setting.getValue())
                        .toArray(String[]::new));
    }

    @AfterAll
    static void stop() {
        worker.close();
        aws.close();
    }

    @AfterEach
    void allow() {
        REFUSING.allowAll();
        CREDENTIALS_AWAY.set(false);
        await().atMost(RECOVERY).untilAsserted(() -> {
            assertThat(aws.unfinished()).isEmpty();
            assertThat(health()).isEqualTo("UP");
        });
        RECEIVES.sinceLastLook();
    }

    private static String health() {
        return worker.getBean(HealthEndpoint.class)
                .healthForPath("aws")
                .getStatus()
                .getCode();
    }

    private static String healthDetails() {
        return String.valueOf(((IndicatedHealthDescriptor)
                        worker.getBean(HealthEndpoint.class).healthForPath("aws"))
                .getDetails());
    }

    private static double alarm() {
        return worker.getBean(MeterRegistry.class)
                .get("attache.alarms")
                .tag("alarm", "access-denied")
                .gauge()
                .value();
    }

    private String id(String kind, int number) {
        return "%s-%s-%03d".formatted(name, kind, number);
    }

    private void sendGood(int count) {
        IntStream.range(0, count).forEach(number -> send(id("good", number), "crm", "downloads/crm/contract-4711.pdf"));
    }

    /** With an unknown source. */
    private void sendRejected(int count) {
        IntStream.range(0, count)
                .forEach(number -> send(id("bad", number), "nobody", "downloads/crm/contract-4711.pdf"));
    }

    private void send(String id, String source, String key) {
        aws.upstream().send("attachment-requests", """
            {"specversion":"1.0","id":"%s","source":"%s","type":"attachment.requested","time":"2026-11-21T09:00:00Z",\
            "data":{"direction":"download","channel":"event","recipients":[],"attachment":{"key":"%s"}}}\
            """.formatted(id, source, key));
    }

    private List<ReadMessage> ours(String queue) {
        return aws.upstream().messages(queue).stream()
                .filter(message -> message.body().contains(name))
                .toList();
    }

    private List<ReadMessage> deadLetters() {
        return ours("attachment-requests-dlq");
    }

    private void awaitGood(int count) {
        await().atMost(RECOVERY)
                .untilAsserted(() -> assertThat(ours("deliveries-inbox")).hasSizeGreaterThanOrEqualTo(count));
    }

    private static int mostReceives() {
        return RECEIVES.sinceLastLook().entrySet().stream()
                .filter(entry -> entry.getKey().startsWith("attachment-requests "))
                .mapToInt(entry -> entry.getValue().size())
                .max()
                .orElse(0);
    }

    /** While calls are refused, valid messages are not dead-lettered, and health and alarm say why. */
    private void assertKeptAndShown(String code) {
        int before = REFUSING.refused();
        await().atMost(RECOVERY).untilAsserted(() -> {
            assertThat(health()).isEqualTo("DOWN");
            assertThat(alarm()).isEqualTo(1);
        });
        await().atMost(RECOVERY).untilAsserted(() -> assertThat(healthDetails()).contains(code));
        List<ReadMessage> good = new ArrayList<>();
        await().atMost(DENIED.plusSeconds(30))
                .pollInterval(Duration.ofMillis(250))
                .during(DENIED)
                .until(() -> {
                    deadLetters().stream()
                            .filter(deadLetter -> deadLetter.body().contains("-good-"))
                            .forEach(good::add);
                    return good.isEmpty();
                });
        assertThat(REFUSING.refused()).isGreaterThan(before);
    }

    @ParameterizedTest(name = "{1} {2}")
    @CsvSource({
        "Action=Publish, 403, AuthorizationError",
        "Action=Publish, 403, ExpiredToken",
        "Action=Publish, 400, KMSAccessDenied",
        "Action=Publish, 404, NotFound"
    })
    void whileSnsRefusesRejectedMessagesAreDeadLetteredWithTheirReasonAndOthersWait(
            String calls, int status, String code) {
        REFUSING.refuse("^SNS .*" + calls, status, code);
        sendGood(FEW);
        sendRejected(FEW);

        await().atMost(RECOVERY)
                .untilAsserted(() -> assertThat(deadLetters()).hasSize(FEW).allSatisfy(deadLetter -> {
                    assertThat(deadLetter.attributes())
                            .containsEntry("attache-code", "SOURCE_NOT_ALLOWED")
                            .containsEntry("attache-announced", "false");
                    assertThat(deadLetter.attributes().get("attache-reason")).contains("nobody");
                }));
        assertKeptAndShown(code);
        assertThat(ours("attachment-events-inbox")).as("published rejections").isEmpty();
        REFUSING.allowAll();

        awaitGood(FEW);
        await().atMost(RECOVERY)
                .untilAsserted(() -> assertThat(ours("attachment-events-inbox"))
                        .hasSize(FEW)
                        .allSatisfy(event -> assertThat(event.body()).contains("SOURCE_NOT_ALLOWED")));
        aws.upstream().awaitDrained("attachment-requests");
        assertThat(deadLetters()).as("all dead letters").hasSize(FEW);
        assertThat(mostReceives()).isEqualTo(1);
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource({"403, AccessDenied", "403, InvalidAccessKeyId", "400, ExpiredToken"})
    void whileS3RefusesAllCallsNoMessageIsDeadLettered(int status, String code) {
        REFUSING.refuse("^S3 ", status, code);
        sendGood(30);

        assertKeptAndShown(code);
        REFUSING.allowAll();

        awaitGood(30);
        aws.upstream().awaitDrained("attachment-requests");
        assertThat(deadLetters()).isEmpty();
        assertThat(mostReceives()).isEqualTo(1);
    }

    @Test
    void oneObjectThatS3RefusesDoesNotDelayOthers() {
        aws.surroundings()
                .clients()
                .s3()
                .putObject(
                        it -> it.bucket(aws.surroundings().bucket()).key("downloads/crm/" + name),
                        RequestBody.fromString("secret"));
        REFUSING.refuse("^S3 .*downloads/crm/" + name, 403, "AccessDenied");
        sendGood(50);
        send(id("denied", 0), "crm", "downloads/crm/" + name);
        IntStream.range(50, 100).forEach(number -> send(id("good", number), "crm", "downloads/crm/contract-4711.pdf"));

        awaitGood(100);
        await().atMost(RECOVERY)
                .untilAsserted(() -> assertThat(deadLetters()).singleElement().satisfies(deadLetter -> {
                    assertThat(deadLetter.body()).contains(id("denied", 0));
                    assertThat(deadLetter.attributes()).containsEntry("attache-code", "OBJECT_ACCESS_DENIED");
                    assertThat(deadLetter.attributes().get("attache-reason")).contains("KMS key");
                }));
        assertThat(health()).isEqualTo("UP");
    }

    @Test
    void whileReceivingIsRefusedHealthIsDownAndReceivingContinuesWhenAllowed() {
        REFUSING.refuse("^SQS ReceiveMessage .*attachment-requests", 403, "AccessDeniedException");
        await().atMost(RECOVERY)
                .untilAsserted(() -> assertThat(healthDetails()).contains("sqs:ReceiveMessage on attachment-requests"));
        sendGood(3);

        assertKeptAndShown("AccessDeniedException");
        REFUSING.allowAll();

        awaitGood(3);
    }

    @ParameterizedTest
    @CsvSource({"403, AccessDeniedException", "400, QueueDoesNotExist"})
    void whileSendingToTheDeadLetterQueueIsRefusedARejectedMessageIsKept(int status, String code) {
        REFUSING.refuse("^SQS SendMessage .*attachment-requests-dlq", status, code);
        sendRejected(3);
        sendGood(3);

        awaitGood(3);
        assertKeptAndShown(code);
        assertThat(aws.upstream().depth("attachment-requests")).isEqualTo(3);
        REFUSING.allowAll();

        await().atMost(RECOVERY)
                .untilAsserted(() -> assertThat(deadLetters())
                        .hasSize(3)
                        .allSatisfy(deadLetter -> assertThat(deadLetter.attributes())
                                .containsEntry("attache-code", "SOURCE_NOT_ALLOWED")));
        assertThat(ours("attachment-events-inbox")).as("rejections").hasSize(3);
    }

    /**
     * Otherwise the messages would be received ten times, and SQS would move them to the dead-letter queue without a
     * reason.
     */
    @Test
    void whileDeletingIsRefusedAHandledMessageIsKeptAndNotHandledAgain() {
        REFUSING.refuse("^SQS DeleteMessage", 403, "AccessDeniedException");
        sendGood(5);
        sendRejected(2);
        awaitGood(5);
        assertKeptAndShown("sqs:DeleteMessage");

        REFUSING.allowAll();

        await().atMost(RECOVERY)
                .untilAsserted(() ->
                        assertThat(aws.upstream().depth("attachment-requests")).isZero());
        assertThat(ours("deliveries-inbox")).as("published links").hasSize(5);
        assertThat(deadLetters()).as("dead letters").hasSize(2);
    }

    @Test
    void aQueueThatIsDeletedAndCreatedAgainIsReceivedFromAgain() {
        var sqs = aws.surroundings().clients().sqs();
        var url = sqs.getQueueUrl(it -> it.queueName("purchases-completed")).queueUrl();
        var attributes = sqs.getQueueAttributes(it -> it.queueUrl(url)
                        .attributeNames(QueueAttributeName.VISIBILITY_TIMEOUT, QueueAttributeName.REDRIVE_POLICY))
                .attributes();
        sqs.deleteQueue(it -> it.queueUrl(url));
        await().atMost(RECOVERY)
                .untilAsserted(() -> assertThat(healthDetails()).contains("sqs:ReceiveMessage on purchases-completed"));

        sqs.createQueue(it -> it.queueName("purchases-completed").attributes(attributes));
        var purchases = new Workload(name, 1).purchases(1);
        aws.send(purchases);

        await().atMost(RECOVERY)
                .untilAsserted(() -> assertThat(ours("deliveries-inbox")).isNotEmpty());
        await().atMost(RECOVERY).untilAsserted(() -> assertThat(health()).isEqualTo("UP"));
    }

    @Test
    void missingCredentialsCauseNoDeadLetters() {
        sendGood(5);
        awaitGood(5);
        CREDENTIALS_AWAY.set(true);
        IntStream.range(5, 10).forEach(number -> send(id("good", number), "crm", "downloads/crm/contract-4711.pdf"));
        await().atMost(RECOVERY).untilAsserted(() -> assertThat(health()).isEqualTo("DOWN"));
        await().atMost(RECOVERY).untilAsserted(() -> assertThat(healthDetails()).contains("no credentials"));
        await().atMost(CREDENTIALS_AWAY_FOR.plusSeconds(30))
                .pollInterval(Duration.ofMillis(250))
                .during(CREDENTIALS_AWAY_FOR)
                .until(() -> deadLetters().isEmpty());

        CREDENTIALS_AWAY.set(false);

        await().atMost(RECOVERY)
                .untilAsserted(() -> assertThat(ours("deliveries-inbox").stream()
                                .map(ReadMessage::body)
                                .flatMap(body -> IntStream.range(5, 10)
                                        .mapToObj(number -> id("good", number))
                                        .filter(body::contains))
                                .distinct())
                        .hasSize(5));
        assertThat(deadLetters()).isEmpty();
    }
}
