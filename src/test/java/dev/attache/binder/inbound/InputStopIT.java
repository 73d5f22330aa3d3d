package dev.attache.binder.inbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.attache.aws.BlockingSqs;
import dev.attache.binder.failure.DeadLetterAttributes;
import dev.attache.binder.failure.Failure;
import dev.attache.binder.failure.MessageMetrics;
import dev.attache.binder.gate.Gate;
import dev.attache.binder.memory.BytesInFlight;
import dev.attache.binder.message.InboundQueue;
import dev.attache.binder.message.RecordedSqs;
import dev.attache.binder.message.RedriveOutcomes;
import dev.attache.binder.metrics.BinderMeters;
import dev.attache.binder.observation.BinderObservations;
import dev.attache.binder.settings.SqsConsumerProperties;
import dev.attache.sandbox.AwsUnderTest;
import dev.attache.sandbox.DedicatedAwsTest;
import dev.attache.sandbox.TestAws;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.integration.channel.DirectChannel;
import org.springframework.messaging.MessageHandler;
import org.springframework.util.unit.DataSize;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** Stops one input on a queue at different moments. */
@DedicatedAwsTest
class InputStopIT {

    private AwsUnderTest.Running aws;

    private SqsClient sqs;

    private String url;

    private SqsInboundAdapter input;

    @BeforeEach
    void start() {
        aws = TestAws.dedicated();
        sqs = aws.surroundings().clients().sqs();
        url = sqs.createQueue(it -> it.queueName("work")).queueUrl();
    }

    @AfterEach
    void stop() {
        input.stop();
        aws.close();
    }

    private void startInput(Duration drain, MessageHandler function) {
        // Longer than a test waits for a message that was released.
        startInput(drain, Duration.ofSeconds(30), function);
    }

    private void startInput(Duration drain, Duration visibility, MessageHandler function) {
        SqsConsumerProperties properties = new SqsConsumerProperties();
        properties.setDrainTimeout(drain);
        // Shorter than the drain timeout, as by default: cancelled polls have ended when messages are released.
        properties.setPollTimeout(Duration.ofSeconds(1));
        InboundQueue queue = new InboundQueue("work", url, null, 10, visibility, InboundQueue.USUAL_MESSAGE_SIZE);
        Clock clock = Clock.systemUTC();
        DeadLetterAttributes attributes = new DeadLetterAttributes("dead-letter-");
        InboundContext context = new InboundContext(
                new BlockingSqs(sqs),
                error -> new Failure.Unexpected("unexpected"),
                rejected -> {},
                new RedriveOutcomes((name, messageId, redrive, code) -> {}, attributes.redriveAttribute()),
                RecordedSqs.NO_STATEMENTS,
                attributes,
                new MessageMetrics(new SimpleMeterRegistry(), "sqs."),
                BinderMeters.NONE,
                BinderObservations.NONE,
                new DrainDeadline(clock),
                clock);
        input = new SqsInboundAdapter(
                context,
                queue,
                properties,
                new Gate(List.of()),
                new BytesInFlight(DataSize.ofMegabytes(24)).newShares());
        DirectChannel channel = new DirectChannel();
        channel.subscribe(function);
        input.setOutputChannel(channel);
        DefaultListableBeanFactory beans = new DefaultListableBeanFactory();
        input.setBeanFactory(beans);
        input.afterPropertiesSet();
        input.start();
    }

    private List<Message> receive() {
        return sqs.receiveMessage(it -> it.queueUrl(url).waitTimeSeconds(1)).messages();
    }

    @Test
    void aMessageInFlightIsFinishedAndDeletedBeforeTheStopReturns() throws Exception {
        CountDownLatch inFlight = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        startInput(Duration.ofSeconds(30), message -> {
            inFlight.countDown();
            uninterruptibly(mayEnd);
        });
        sqs.sendMessage(it -> it.queueUrl(url).messageBody("m"));
        assertThat(inFlight.await(20, TimeUnit.SECONDS)).isTrue();
        Thread stopping = Thread.startVirtualThread(() -> input.stop());

        mayEnd.countDown();
        stopping.join(Duration.ofSeconds(20));

        assertThat(stopping.isAlive()).isFalse();
        assertThat(sqs.getQueueAttributes(it -> it.queueUrl(url).attributeNames(QueueAttributeName.ALL))
                        .attributes())
                .containsEntry(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES, "0")
                .containsEntry(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE, "0");
    }

    @Test
    void aMessageThatIsNotFinishedInTimeBecomesVisibleAtOnce() throws Exception {
        CountDownLatch inFlight = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        startInput(Duration.ofSeconds(2), message -> {
            inFlight.countDown();
            uninterruptibly(mayEnd);
        });
        sqs.sendMessage(it -> it.queueUrl(url).messageBody("m"));
        assertThat(inFlight.await(20, TimeUnit.SECONDS)).isTrue();

        input.stop();

        await().atMost(Duration.ofSeconds(20)).until(() -> !receive().isEmpty());
        mayEnd.countDown();
    }

    @Test
    void anIdleInputStopsAndStartsAgain() throws Exception {
        CountDownLatch handled = new CountDownLatch(1);
        // Shorter than the test waits: SQS may still deliver the message to a cancelled poll.
        startInput(Duration.ofSeconds(30), Duration.ofSeconds(5), message -> handled.countDown());

        input.stop();
        assertThat(input.isRunning()).isFalse();
        input.start();
        sqs.sendMessage(it -> it.queueUrl(url).messageBody("m"));

        assertThat(handled.await(40, TimeUnit.SECONDS)).isTrue();
    }

    private static void uninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
