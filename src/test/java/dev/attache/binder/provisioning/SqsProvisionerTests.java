package dev.attache.binder.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.attache.binder.message.InboundQueue;
import dev.attache.binder.message.QueuesInMemory;
import dev.attache.binder.outbound.OutboundClients;
import dev.attache.binder.outbound.OutboundDestination;
import dev.attache.binder.outbound.RecordedSns;
import dev.attache.binder.settings.SqsConsumerProperties;
import dev.attache.binder.settings.SqsProducerProperties;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.cloud.stream.binder.ExtendedConsumerProperties;
import org.springframework.cloud.stream.binder.ExtendedProducerProperties;
import org.springframework.cloud.stream.provisioning.ProvisioningException;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** Checks of queues and topics at start, with a test for each row of the table in docs/configuration.md. */
@ExtendWith(OutputCaptureExtension.class)
class SqsProvisionerTests {

    private final QueuesInMemory sqs = new QueuesInMemory().with("orders");

    private final SqsProvisioner provisioner = new SqsProvisioner(new OutboundClients(sqs, RecordedSns::new));

    private final SqsConsumerProperties properties = new SqsConsumerProperties();

    private InboundQueue input(String queue) {
        return input(queue, "orders-in-0");
    }

    private InboundQueue input(String queue, String binding) {
        ExtendedConsumerProperties<SqsConsumerProperties> consumer = new ExtendedConsumerProperties<>(properties);
        consumer.populateBindingName(binding);
        return (InboundQueue) provisioner.provisionConsumerDestination(queue, "group", consumer);
    }

    private OutboundDestination output(String destination) {
        ExtendedProducerProperties<SqsProducerProperties> producer =
                new ExtendedProducerProperties<>(new SqsProducerProperties());
        producer.populateBindingName("events-out-0");
        return (OutboundDestination) provisioner.provisionProducerDestination(destination, producer);
    }

    private void assertRefused(Runnable start, String... words) {
        assertThatExceptionOfType(ProvisioningException.class)
                .isThrownBy(start::run)
                .satisfies(e -> assertThat(e.getMessage()).contains(words));
    }

    @Test
    void aQueueWithTheRecommendedAttributesIsAcceptedSilently(CapturedOutput log) {
        assertThat(input("orders"))
                .isEqualTo(new InboundQueue(
                        "orders",
                        "http://sqs/orders",
                        "http://sqs/orders-dlq",
                        10,
                        Duration.ofSeconds(60),
                        InboundQueue.USUAL_MESSAGE_SIZE));
        assertThat(log).doesNotContain("orders");
    }

    @ParameterizedTest
    @ValueSource(strings = {"arn:aws:sqs:eu-central-1:111122223333:orders", "http://sqs/orders"})
    void anInputByArnOrUrlIsTheQueueOfThatName(String destination) {
        assertThat(input(destination)).isEqualTo(input("orders", "others-in-0"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "queue:orders",
                "queue:arn:aws:sqs:eu-central-1:111122223333:orders",
                "arn:aws:sqs:eu-central-1:111122223333:orders",
                "queue:http://sqs/orders",
                "http://sqs/orders"
            })
    void anOutputToAQueueIsTheSameByNameArnAndUrl(String destination) {
        assertThat(output(destination)).isEqualTo(new OutboundDestination.Queue("orders", "http://sqs/orders"));
    }

    @Test
    void anOutputToATopicByArnHasTheNameOfTheTopic() {
        String arn = "arn:aws:sns:eu-central-1:111122223333:events";

        assertThat(output(arn)).isEqualTo(new OutboundDestination.Topic("events", arn));
    }

    @Test
    void anArnOfNeitherATopicNorAQueueIsRefused() {
        assertRefused(() -> output("arn:aws:s3:::bucket"), "events-out-0", "arn:aws:s3:::bucket", "neither");
    }

    @Test
    void aMissingQueueOfAnotherAccountIsRefused() {
        assertRefused(
                () -> input("arn:aws:sqs:eu-central-1:111122223333:missing"),
                "missing",
                "111122223333",
                "sqs:GetQueueUrl");
    }

    @Test
    void aFifoQueueAsAnInputIsRefused() {
        assertRefused(() -> input("orders.fifo"), "orders.fifo", "orders-in-0", "FIFO", "Create a standard queue");

        sqs.set("orders", QueueAttributeName.FIFO_QUEUE, "true");
        assertRefused(() -> input("orders"), "orders", "orders-in-0", "FIFO", "Create a standard queue");
    }

    @ParameterizedTest
    @ValueSource(strings = {"queue:parts.fifo", "events.fifo", "arn:aws:sns:eu-central-1:111122223333:events.fifo"})
    void aFifoQueueOrTopicAsAnOutputIsRefused(String destination) {
        assertRefused(() -> output(destination), "FIFO", "events-out-0", "standard");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void aMaxReceiveCountOfOneIsRefused(int count) {
        sqs.set("orders", QueueAttributeName.REDRIVE_POLICY, QueuesInMemory.redrive("orders-dlq", count));

        assertRefused(() -> input("orders"), "Queue orders", "orders-in-0", "maxReceiveCount of 1", "Set it to 10");
    }

    @ParameterizedTest
    @CsvSource({"2, true", "3, false"})
    void aMaxReceiveCountBelowThreeIsLoggedAsAWarning(int count, boolean warned, CapturedOutput log) {
        sqs.set("orders", QueueAttributeName.REDRIVE_POLICY, QueuesInMemory.redrive("orders-dlq", count));

        assertThat(input("orders").maxReceiveCount()).isEqualTo(count);
        assertThat(log.getOut().contains("WARN") && log.getOut().contains("maxReceiveCount of 2"))
                .isEqualTo(warned);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "5", "43200"})
    void aQueuesOwnVisibilityTimeoutDoesNotMatter(String seconds, CapturedOutput log) {
        sqs.set("orders", QueueAttributeName.VISIBILITY_TIMEOUT, seconds);
        properties.setVisibilityTimeout(Duration.ofSeconds(45));

        assertThat(input("orders").visibilityTimeout()).isEqualTo(Duration.ofSeconds(45));
        assertThat(log.getOut().contains("has a visibility timeout of " + seconds + " s"))
                .isEqualTo(!seconds.equals("43200"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT4.999S", "PT0S", "PT12H0.001S"})
    void aVisibilityTimeoutThatIsTooShortOrTooLongIsRefused(Duration timeout) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> properties.setVisibilityTimeout(timeout))
                .withMessageContaining("visibility-timeout")
                .withMessageContaining("between 5s")
                .withMessageContaining("12h");
    }

    @Test
    void aDeadLetterQueueWithASmallerMessageSizeIsRefused() {
        sqs.set("orders-dlq", QueueAttributeName.MAXIMUM_MESSAGE_SIZE, "262143");

        assertRefused(
                () -> input("orders"),
                "Queue orders",
                "orders-in-0",
                "orders-dlq",
                "262143",
                "Set MaximumMessageSize of the dead-letter queue to 262144");
    }

    @ParameterizedTest
    @CsvSource({"262144, true", "266239, true", "266240, false"})
    void aDeadLetterQueueWithoutSpaceForAReasonIsLogged(String size, boolean named, CapturedOutput log) {
        sqs.set("orders-dlq", QueueAttributeName.MAXIMUM_MESSAGE_SIZE, size);

        input("orders");

        assertThat(log.getOut().contains("without its reason")).isEqualTo(named);
    }

    @ParameterizedTest
    @ValueSource(strings = {"345600", "345599", "60"})
    void aDeadLetterQueueWithoutALongerRetentionIsRefused(String seconds) {
        sqs.set("orders-dlq", QueueAttributeName.MESSAGE_RETENTION_PERIOD, seconds);

        assertRefused(
                () -> input("orders"),
                "Queue orders",
                "orders-in-0",
                "orders-dlq",
                seconds,
                "Set MessageRetentionPeriod of the dead-letter queue to 1209600");
    }

    @Test
    void aDeadLetterQueueWithTheLongestRetentionIsAccepted() {
        sqs.set("orders", QueueAttributeName.MESSAGE_RETENTION_PERIOD, "1209600");

        assertThat(input("orders")).isNotNull();
    }

    @Test
    void aDeadLetterQueueThatDoesNotExistIsRefused() {
        sqs.remove("orders-dlq");

        assertRefused(() -> input("orders"), "Queue orders", "dead-letter queue orders-dlq", "create it");
    }

    @Test
    void aDeadLetterQueueThatIsAFifoQueueIsRefused() {
        sqs.set("orders", QueueAttributeName.REDRIVE_POLICY, QueuesInMemory.redrive("orders-dlq.fifo", 10));

        assertRefused(() -> input("orders"), "orders-dlq.fifo", "orders-in-0", "FIFO");
    }

    @Test
    void aQueueWithoutARedrivePolicyIsRefusedUnlessItsBindingAllowsIt() {
        sqs.put("bare", Map.of());
        assertRefused(() -> input("bare"), "Queue bare has no redrive policy", "dead-letter-queue-optional");

        properties.setDeadLetterQueueOptional(true);
        assertThat(input("bare").deadLetterUrl()).isNull();
    }

    @Test
    void aDeadLetterQueueThatIsAnInputIsRefusedInAnyOrder() {
        sqs.with("orders-dlq").set("orders-dlq", QueueAttributeName.MESSAGE_RETENTION_PERIOD, "1209600");
        input("orders");
        assertRefused(
                () -> input("orders-dlq", "again-in-0"),
                "again-in-0",
                "orders-dlq",
                "dead-letter queue of orders",
                "without end");

        SqsProvisioner other = new SqsProvisioner(new OutboundClients(sqs, RecordedSns::new));
        ExtendedConsumerProperties<SqsConsumerProperties> again = new ExtendedConsumerProperties<>(properties);
        again.populateBindingName("again-in-0");
        other.provisionConsumerDestination("orders-dlq", "group", again);
        ExtendedConsumerProperties<SqsConsumerProperties> first = new ExtendedConsumerProperties<>(properties);
        first.populateBindingName("orders-in-0");
        assertRefused(
                () -> other.provisionConsumerDestination("orders", "group", first),
                "again-in-0",
                "dead-letter queue of orders");
    }

    @Test
    void aQueueThatIsItsOwnDeadLetterQueueIsRefused() {
        sqs.set("orders", QueueAttributeName.REDRIVE_POLICY, QueuesInMemory.redrive("orders", 10));

        assertRefused(() -> input("orders"), "dead-letter queue of orders");
    }

    /** The binding is provisioned again. */
    @Test
    void anInputCanBeStartedAgain() {
        input("orders");

        assertThat(input("orders")).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 400})
    void aDeadLetterQueueWhoseAttributesAreDeniedIsAccepted(int status, CapturedOutput log) {
        sqs.set("orders-dlq", QueueAttributeName.MESSAGE_RETENTION_PERIOD, "60").deny("orders-dlq", status);

        assertThat(input("orders").deadLetterUrl()).isEqualTo("http://sqs/orders-dlq");
        assertThat(log).contains("INFO").contains("orders-dlq are not checked").contains("sqs:GetQueueAttributes");
    }

    @Test
    void aFailureOfSqsStopsTheStart() {
        sqs.deny("orders-dlq", 500);

        assertRefused(() -> input("orders"), "AWS could not be asked for the attributes of queue orders-dlq");
    }

    @Test
    void anEmulatorWithoutSizeAndRetentionIsAccepted() {
        sqs.put("orders", Map.of(QueueAttributeName.REDRIVE_POLICY, QueuesInMemory.redrive("orders-dlq", 10)))
                .put("orders-dlq", Map.of());

        assertThat(input("orders").maxReceiveCount()).isEqualTo(10);
    }
}
