package dev.attache.binder.inbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.attache.aws.BlockingSns;
import dev.attache.aws.BlockingSqs;
import dev.attache.binder.gate.Downstream;
import dev.attache.binder.gate.SettableDownstream;
import dev.attache.sandbox.EmbeddedAws;
import dev.attache.sandbox.Ports;
import dev.attache.sandbox.Upstream;
import io.awspring.cloud.autoconfigure.core.AwsClientBuilderConfigurer;
import io.awspring.cloud.autoconfigure.sqs.SqsProperties;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.messaging.Message;
import software.amazon.awssdk.services.sns.SnsAsyncClient;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/** The smallest application there can be on the binder: one input, one queue, and a service that is up or down. */
class InputPollsIT {

    private static final Duration SOON = Duration.ofSeconds(20);

    private final SettableDownstream service = new SettableDownstream();

    private final Set<String> inHand = ConcurrentHashMap.newKeySet();

    private final Set<String> handled = ConcurrentHashMap.newKeySet();

    /** How often the function was called. */
    private final AtomicInteger begun = new AtomicInteger();

    /** What the function waits for. */
    private volatile CountDownLatch go = new CountDownLatch(0);

    private EmbeddedAws aws;

    private SqsClient sqs;

    private String url;

    private Upstream queue;

    private ConfigurableApplicationContext application;

    @EnableAutoConfiguration
    static class OneInput {

        @Bean
        Consumer<Message<byte[]>> work(InputPollsIT test) {
            return message -> test.handle(new String(message.getPayload()));
        }

        @Bean
        Downstream service(InputPollsIT test) {
            return test.service;
        }

        @Bean
        SqsAsyncClient sqs(AwsClientBuilderConfigurer aws, SqsProperties properties) {
            return new BlockingSqs(
                    aws.configure(SqsClient.builder(), properties, null).build());
        }

        /** The binder asks for one, and this input has no use for it. */
        @Bean
        SnsAsyncClient sns(AwsClientBuilderConfigurer aws) {
            return new BlockingSns(aws.configure(SnsClient.builder()).build());
        }
    }

    private void handle(String body) {
        inHand.add(body);
        begun.incrementAndGet();
        try {
            go.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        } finally {
            inHand.remove(body);
        }
        if (body.startsWith("bad")) {
            throw new IllegalArgumentException(body);
        }
        handled.add(body);
    }

    @BeforeEach
    void makeQueue() {
        aws = new EmbeddedAws(Ports.random());
        sqs = aws.surroundings().clients().sqs();
        url = sqs.createQueue(it -> it.queueName("work")).queueUrl();
        queue = new Upstream(aws.surroundings().clients());
    }

    @AfterEach
    void stop() {
        go.countDown();
        application.close();
        aws.close();
    }

    private void start(Map<String, String> input) {
        Map<String, Object> properties = new HashMap<>(aws.surroundings().properties());
        // None of the worker's own settings.
        properties.put("spring.config.location", "optional:classpath:/none/");
        properties.put("spring.main.banner-mode", "off");
        properties.put("spring.cloud.function.definition", "work");
        properties.put("spring.cloud.stream.default-binder", "sqs");
        properties.put("spring.cloud.stream.binding-retry-interval", "0");
        properties.put("spring.cloud.stream.bindings.work-in-0.destination", "work");
        properties.put("spring.cloud.stream.bindings.work-in-0.consumer.max-attempts", "1");
        String consumer = "spring.cloud.stream.sqs.bindings.work-in-0.consumer.";
        properties.put(consumer + "dead-letter-queue-optional", "true");
        properties.put(consumer + "needs", "service");
        properties.put(consumer + "poll-timeout", "1s");
        input.forEach((name, value) -> properties.put(consumer + name, value));
        ApplicationContextInitializer<GenericApplicationContext> test =
                context -> context.registerBean(InputPollsIT.class, () -> this);
        application = new SpringApplicationBuilder(OneInput.class)
                .web(WebApplicationType.NONE)
                .registerShutdownHook(false)
                .properties(properties)
                .initializers(test)
                .run();
    }

    private void sendTen(String... names) {
        List<SendMessageBatchRequestEntry> entries = IntStream.range(0, names.length)
                .mapToObj(i -> SendMessageBatchRequestEntry.builder()
                        .id("e" + i)
                        .messageBody(names[i])
                        .build())
                .toList();
        sqs.sendMessageBatch(it -> it.queueUrl(url).entries(entries));
    }

    private static String[] messages(String name, int count) {
        return IntStream.range(0, count).mapToObj(i -> name + i).toArray(String[]::new);
    }

    @Test
    void aHandThatHoldsLessThanAPollIsFilledAgainAndAgain() {
        go = new CountDownLatch(1);
        sendTen(messages("a", 10));
        start(Map.of("max-in-flight", "3"));
        await().atMost(SOON).until(() -> inHand.size() == 3);
        await().during(Duration.ofSeconds(2)).atMost(SOON).until(() -> inHand.size() == 3);

        go.countDown();

        await().atMost(SOON).until(() -> handled.size() == 10);
    }

    @Test
    void aGateThatOpensAfterHavingBeenClosedPollsAgain() {
        service.is(Downstream.State.DOWN);
        sendTen(messages("a", 10));
        start(Map.of("max-in-flight", "3"));
        await().during(Duration.ofSeconds(3)).atMost(SOON).until(handled::isEmpty);

        service.is(Downstream.State.UP);
        await().atMost(SOON).until(() -> handled.size() == 10);
        service.is(Downstream.State.DOWN);
        // Longer than a poll: those that were under way have ended.
        await().during(Duration.ofSeconds(3)).atMost(SOON).until(() -> handled.size() == 10);
        sendTen(messages("b", 10));
        await().during(Duration.ofSeconds(2)).atMost(SOON).until(() -> handled.size() == 10);
        service.is(Downstream.State.UP);

        await().atMost(SOON).until(() -> handled.size() == 20);
    }

    @Test
    void oneBadMessageOfAPollFailsAlone() {
        sendTen("a0", "a1", "bad", "a3", "a4", "a5", "a6", "a7", "a8", "a9");

        start(Map.of("backoff-initial", "5m", "backoff-max", "5m"));

        await().atMost(SOON).until(() -> handled.size() == 9);
        await().atMost(SOON).until(() -> queue.depth("work") == 1);
        await().during(Duration.ofSeconds(1)).atMost(SOON).until(() -> queue.depth("work") == 1);
    }

    @Test
    void aMessageThatIsFinishedAfterTheStopBeganIsAcknowledged() throws Exception {
        go = new CountDownLatch(1);
        sendTen(messages("a", 10));
        start(Map.of());
        await().atMost(SOON).until(() -> inHand.size() == 10);
        Thread stopping = Thread.startVirtualThread(() -> application.close());
        await().atMost(SOON).until(application::isClosed);
        await().during(Duration.ofSeconds(1)).atMost(SOON).until(stopping::isAlive);

        go.countDown();

        assertThat(stopping.join(SOON)).isTrue();
        assertThat(handled).hasSize(10);
        assertThat(queue.depth("work")).isZero();
    }

    /** Pitfall 60: the timeout is stated with each receive, and extended by the heartbeat. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aQueueThatHidesNothingFromTheStartOrFromNowOnDeliversAMessageOnce(boolean fromTheStart) {
        go = new CountDownLatch(1);
        if (fromTheStart) {
            hideNothing();
        }
        start(Map.of("visibility-timeout", "6s"));
        if (!fromTheStart) {
            hideNothing();
        }
        sendTen("a0");
        await().atMost(SOON).until(() -> begun.get() == 1);

        // Longer than the timeout.
        await().during(Duration.ofSeconds(8)).atMost(SOON).until(() -> begun.get() == 1);

        go.countDown();
        await().atMost(SOON).until(() -> handled.size() == 1 && queue.depth("work") == 0);
        assertThat(begun).hasValue(1);
    }

    private void hideNothing() {
        sqs.setQueueAttributes(it -> it.queueUrl(url).attributes(Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, "0")));
    }

    @Test
    void aStopDoesNotWaitOutALongPoll() {
        start(Map.of("poll-timeout", "20s"));
        sendTen("a0");
        await().atMost(SOON).until(() -> queue.depth("work") == 0 && handled.size() == 1);
        long before = System.nanoTime();

        application.close();

        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(15));
    }
}
