package dev.attache.binder;

import dev.attache.binder.settings.SqsConsumerProperties;
import dev.attache.binder.settings.SqsProducerProperties;
import dev.attache.sandbox.AwsUnderTest;
import dev.attache.sandbox.DedicatedAwsTest;
import dev.attache.sandbox.TestAws;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.TestInfo;
import org.springframework.cloud.stream.binder.AbstractBinderTests;
import org.springframework.cloud.stream.binder.ExtendedConsumerProperties;
import org.springframework.cloud.stream.binder.ExtendedProducerProperties;
import org.springframework.cloud.stream.binder.Spy;
import software.amazon.awssdk.services.sqs.model.Message;

/**
 * Spring Cloud Stream's own tests of a binder. No test is replaced or left out; what is overridden are the parameters
 * that the tests leave to a binder, each with the reason for its value.
 */
@DedicatedAwsTest
class SpringCloudStreamIT
        extends AbstractBinderTests<
                SqsTestBinder,
                ExtendedConsumerProperties<SqsConsumerProperties>,
                ExtendedProducerProperties<SqsProducerProperties>> {

    /**
     * One for each test: they use the same names, and a poll that a stop cancelled may take a message of the next test.
     */
    private final AwsUnderTest.Running aws = TestAws.dedicated();

    @AfterEach
    @Override
    public void cleanup() {
        super.cleanup();
        aws.close();
    }

    /** A binder for each test: the tests' cleanup ends it. */
    @Override
    protected SqsTestBinder getBinder() {
        if (testBinder == null) {
            testBinder = new SqsTestBinder(aws.surroundings().clients());
        }
        return testBinder;
    }

    @Override
    protected ExtendedConsumerProperties<SqsConsumerProperties> createConsumerProperties() {
        SqsConsumerProperties input = new SqsConsumerProperties();
        // The queues of the tests have no dead-letter queues, which the binder requires unless told otherwise.
        input.setDeadLetterQueueOptional(true);
        // A message that was sent before the test subscribed is tried again soon, and not after two seconds.
        input.setBackoffInitial(Duration.ofMillis(100));
        // The embedded AWS waits for polls when it stops.
        input.setPollTimeout(Duration.ofSeconds(1));
        ExtendedConsumerProperties<SqsConsumerProperties> properties = new ExtendedConsumerProperties<>(input);
        // The binder retries by releasing a message, and refuses the framework's retries.
        properties.setMaxAttempts(1);
        return properties;
    }

    @Override
    protected ExtendedProducerProperties<SqsProducerProperties> createProducerProperties(TestInfo test) {
        return new ExtendedProducerProperties<>(new SqsProducerProperties());
    }

    /** The default is a period, which names of queues and topics must not contain. */
    @Override
    protected String getDestinationNameDelimiter() {
        return "-";
    }

    /** Receives from the queue that the test binder subscribes to the topic. */
    @Override
    public Spy spyOn(String name) {
        var sqs = aws.surroundings().clients().sqs();
        return expectNull -> {
            String url = sqs.getQueueUrl(request -> request.queueName(name)).queueUrl();
            List<Message> messages = sqs.receiveMessage(
                            request -> request.queueUrl(url).waitTimeSeconds(expectNull ? 1 : 10))
                    .messages();
            return messages.isEmpty() ? null : messages.getFirst().body();
        };
    }
}
