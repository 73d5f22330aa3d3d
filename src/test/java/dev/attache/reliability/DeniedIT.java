package dev.attache.reliability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.attache.reliability.worker.Settings;
import dev.attache.reliability.worker.Workload;
import dev.attache.sandbox.DedicatedAwsTest;
import dev.attache.sandbox.Upstream.ReadMessage;
import java.time.Duration;
import java.util.stream.IntStream;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * AWS refuses calls of the worker for a while: no message is lost, health and log say why, and the worker continues by
 * itself.
 */
@DedicatedAwsTest
@Tag("reliability")
class DeniedIT {

    /** How long calls are refused. */
    private static final Duration DENIED = Settings.duration("denied", Duration.ofSeconds(3));

    private static final Duration MISSING = Settings.duration("denied.credentials", DENIED);

    private static final Duration RECOVERY = Duration.ofSeconds(60);

    /** While the gate is closed, messages are received one by one as probes. */
    private static final int FEW = 5;

    private static RefusedWorker worker;

    private final DownloadRequests requests =
            new DownloadRequests(worker.aws(), "d" + Long.toString(System.nanoTime(), 36));

    @BeforeAll
    static void start() {
        worker = new RefusedWorker();
    }

    @AfterAll
    static void stop() {
        worker.close();
    }

    @AfterEach
    void allow() {
        worker.allowAll();
        awaitAsserted(() -> {
            assertThat(worker.aws().unfinished()).isEmpty();
            assertThat(worker.health()).isEqualTo("UP");
        });
        worker.mostReceives(DownloadRequests.QUEUE);
    }

    private static void awaitAsserted(ThrowingRunnable assertion) {
        await().atMost(RECOVERY).untilAsserted(assertion);
    }

    private void awaitGood(int count) {
        awaitAsserted(() -> assertThat(requests.links()).hasSizeGreaterThanOrEqualTo(count));
    }

    /** While calls are refused, valid messages are not dead-lettered, and health and alarm say why. */
    private void assertKeptAndShown(String code) {
        int before = worker.refused();
        awaitAsserted(() -> {
            assertThat(worker.health()).isEqualTo("DOWN");
            assertThat(worker.alarm()).isEqualTo(1);
        });
        awaitAsserted(() -> assertThat(worker.healthDetails()).contains(code));
        await().atMost(DENIED.plusSeconds(30))
                .pollInterval(Duration.ofMillis(250))
                .during(DENIED)
                .until(() -> requests.deadLetters().stream()
                        .noneMatch(deadLetter -> deadLetter.body().contains("-good-")));
        assertThat(worker.refused()).isGreaterThan(before);
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
        worker.refuse("^SNS .*" + calls, status, code);
        requests.sendGood(FEW);
        requests.sendRejected(FEW);

        awaitAsserted(() -> assertThat(requests.deadLetters()).hasSize(FEW).allSatisfy(deadLetter -> {
            assertThat(deadLetter.attributes())
                    .containsEntry("attache-code", "SOURCE_NOT_ALLOWED")
                    .containsEntry("attache-announced", "false");
            assertThat(deadLetter.attributes().get("attache-reason")).contains("nobody");
        }));
        assertKeptAndShown(code);
        assertThat(requests.rejections()).as("published rejections").isEmpty();
        worker.allowAll();

        awaitGood(FEW);
        awaitAsserted(() -> assertThat(requests.rejections())
                .hasSize(FEW)
                .allSatisfy(event -> assertThat(event.body()).contains("SOURCE_NOT_ALLOWED")));
        worker.aws().upstream().awaitDrained(DownloadRequests.QUEUE);
        assertThat(requests.deadLetters()).as("all dead letters").hasSize(FEW);
        assertThat(worker.mostReceives(DownloadRequests.QUEUE)).isEqualTo(1);
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource({"403, AccessDenied", "403, InvalidAccessKeyId", "400, ExpiredToken"})
    void whileS3RefusesAllCallsNoMessageIsDeadLettered(int status, String code) {
        worker.refuse("^S3 ", status, code);
        requests.sendGood(30);

        assertKeptAndShown(code);
        worker.allowAll();

        awaitGood(30);
        worker.aws().upstream().awaitDrained(DownloadRequests.QUEUE);
        assertThat(requests.deadLetters()).isEmpty();
        assertThat(worker.mostReceives(DownloadRequests.QUEUE)).isEqualTo(1);
    }

    @Test
    void oneObjectThatS3RefusesDoesNotDelayOthers() {
        worker.aws()
                .surroundings()
                .clients()
                .s3()
                .putObject(
                        it -> it.bucket(worker.aws().surroundings().bucket()).key("downloads/crm/" + requests.name()),
                        RequestBody.fromString("secret"));
        worker.refuse("^S3 .*downloads/crm/" + requests.name(), 403, "AccessDenied");
        requests.sendGood(50);
        requests.send(requests.id("denied", 0), "crm", "downloads/crm/" + requests.name());
        requests.sendGood(50, 100);

        awaitGood(100);
        awaitAsserted(() -> assertThat(requests.deadLetters()).singleElement().satisfies(deadLetter -> {
            assertThat(deadLetter.body()).contains(requests.id("denied", 0));
            assertThat(deadLetter.attributes()).containsEntry("attache-code", "OBJECT_ACCESS_DENIED");
            assertThat(deadLetter.attributes().get("attache-reason")).contains("KMS key");
        }));
        assertThat(worker.health()).isEqualTo("UP");
    }

    @Test
    void whileReceivingIsRefusedHealthIsDownAndReceivingContinuesWhenAllowed() {
        worker.refuse("^SQS ReceiveMessage .*attachment-requests", 403, "AccessDeniedException");
        awaitAsserted(() -> assertThat(worker.healthDetails()).contains("sqs:ReceiveMessage on attachment-requests"));
        requests.sendGood(3);

        assertKeptAndShown("AccessDeniedException");
        worker.allowAll();

        awaitGood(3);
    }

    @ParameterizedTest
    @CsvSource({"403, AccessDeniedException", "400, QueueDoesNotExist"})
    void whileSendingToTheDeadLetterQueueIsRefusedARejectedMessageIsKept(int status, String code) {
        worker.refuse("^SQS SendMessage .*attachment-requests-dlq", status, code);
        requests.sendRejected(3);
        requests.sendGood(3);

        awaitGood(3);
        assertKeptAndShown(code);
        assertThat(worker.aws().upstream().depth(DownloadRequests.QUEUE)).isEqualTo(3);
        worker.allowAll();

        awaitAsserted(() -> assertThat(requests.deadLetters())
                .hasSize(3)
                .allSatisfy(deadLetter ->
                        assertThat(deadLetter.attributes()).containsEntry("attache-code", "SOURCE_NOT_ALLOWED")));
        assertThat(requests.rejections()).as("rejections").hasSize(3);
    }

    /** SQS would otherwise move them to the dead-letter queue, without a reason. */
    @Test
    void whileDeletingIsRefusedAHandledMessageIsKeptAndNotHandledAgain() {
        worker.refuse("^SQS DeleteMessage", 403, "AccessDeniedException");
        requests.sendGood(5);
        requests.sendRejected(2);
        awaitGood(5);
        assertKeptAndShown("sqs:DeleteMessage");

        worker.allowAll();

        worker.aws().upstream().awaitDrained(DownloadRequests.QUEUE);
        assertThat(requests.links()).as("published links").hasSize(5);
        assertThat(requests.deadLetters()).as("dead letters").hasSize(2);
    }

    @Test
    void aQueueThatIsDeletedAndCreatedAgainIsReceivedFromAgain() {
        var sqs = worker.aws().surroundings().clients().sqs();
        var url = sqs.getQueueUrl(it -> it.queueName("purchases-completed")).queueUrl();
        var attributes = sqs.getQueueAttributes(it -> it.queueUrl(url)
                        .attributeNames(QueueAttributeName.VISIBILITY_TIMEOUT, QueueAttributeName.REDRIVE_POLICY))
                .attributes();
        sqs.deleteQueue(it -> it.queueUrl(url));
        awaitAsserted(() -> assertThat(worker.healthDetails()).contains("sqs:ReceiveMessage on purchases-completed"));

        sqs.createQueue(it -> it.queueName("purchases-completed").attributes(attributes));
        var purchases = new Workload(requests.name(), 1).purchases(1);
        worker.aws().send(purchases);

        awaitAsserted(() -> assertThat(requests.links()).isNotEmpty());
        awaitAsserted(() -> assertThat(worker.health()).isEqualTo("UP"));
    }

    @Test
    void missingCredentialsCauseNoDeadLetters() {
        requests.sendGood(5);
        awaitGood(5);
        worker.loseCredentials();
        requests.sendGood(5, 10);
        awaitAsserted(() -> assertThat(worker.health()).isEqualTo("DOWN"));
        awaitAsserted(() -> assertThat(worker.healthDetails()).contains("no credentials"));
        await().atMost(MISSING.plusSeconds(30))
                .pollInterval(Duration.ofMillis(250))
                .during(MISSING)
                .until(() -> requests.deadLetters().isEmpty());

        worker.allowAll();

        awaitAsserted(() -> assertThat(requests.links().stream()
                        .map(ReadMessage::body)
                        .flatMap(body -> IntStream.range(5, 10)
                                .mapToObj(number -> requests.id("good", number))
                                .filter(body::contains))
                        .distinct())
                .hasSize(5));
        assertThat(requests.deadLetters()).isEmpty();
    }
}
