package dev.attache.binder.inbound;

import static org.awaitility.Awaitility.await;

import dev.attache.aws.BlockingSns;
import dev.attache.aws.BlockingSqs;
import dev.attache.binder.InputStatuses;
import dev.attache.binder.gate.Downstream;
import dev.attache.binder.gate.SettableDownstream;
import dev.attache.sandbox.AwsUnderTest;
import dev.attache.sandbox.DedicatedAwsTest;
import dev.attache.sandbox.TestAws;
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
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.cloud.stream.binding.BindingsLifecycleController;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.messaging.Message;
import software.amazon.awssdk.services.sns.SnsAsyncClient;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/** A small application on the binder: one input, one queue, and a service that is up or down. */
@DedicatedAwsTest
abstract class InputTestBase {

    static final Duration SOON = Duration.ofSeconds(20);

    final SettableDownstream service = new SettableDownstream();

    final Set<String> inFlight = ConcurrentHashMap.newKeySet();

    final Set<String> handled = ConcurrentHashMap.newKeySet();

    /** The number of calls of the function. */
    final AtomicInteger begun = new AtomicInteger();

    /** The function waits for it. */
    volatile CountDownLatch mayEnd = new CountDownLatch(0);

    AwsUnderTest.Running aws;

    SqsClient sqs;

    String url;

    Upstream queue;

    ConfigurableApplicationContext application;

    @EnableAutoConfiguration
    static class Application {

        @Bean
        Consumer<Message<byte[]>> work(InputTestBase test) {
            return message -> {
                test.received(message);
                test.handle(new String(message.getPayload()));
            };
        }

        @Bean
        Downstream service(InputTestBase test) {
            return test.service;
        }

        @Bean
        SqsAsyncClient sqs(AwsClientBuilderConfigurer aws, SqsProperties properties) {
            return new BlockingSqs(
                    aws.configure(SqsClient.builder(), properties, null).build());
        }

        @Bean
        SnsAsyncClient sns(AwsClientBuilderConfigurer aws) {
            return new BlockingSns(aws.configure(SnsClient.builder()).build());
        }
    }

    void handle(String body) {
        inFlight.add(body);
        begun.incrementAndGet();
        try {
            mayEnd.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        } finally {
            inFlight.remove(body);
        }
        if (body.startsWith("bad")) {
            throw new IllegalArgumentException(body);
        }
        handled.add(body);
    }

    /** A message that the function is called with, with its headers. */
    void received(Message<byte[]> message) {}

    /** Adds beans to the application, before it starts. */
    void register(GenericApplicationContext context) {}

    @BeforeEach
    void makeQueue() {
        aws = TestAws.dedicated();
        sqs = aws.surroundings().clients().sqs();
        url = sqs.createQueue(it -> it.queueName("work")).queueUrl();
        queue = new Upstream(aws.surroundings().clients());
    }

    @AfterEach
    void stop() {
        mayEnd.countDown();
        if (application != null) {
            application.close();
        }
        aws.close();
    }

    void start(Map<String, String> input) {
        start(input, Map.of());
    }

    void start(Map<String, String> input, Map<String, String> others) {
        Map<String, Object> properties = new HashMap<>(aws.surroundings().properties());
        // Without the application.yaml of the project.
        properties.put("spring.config.location", "optional:classpath:/none/");
        properties.put("spring.main.banner-mode", "off");
        properties.put("spring.cloud.function.definition", "work");
        properties.put("spring.cloud.stream.default-binder", "sqs");
        properties.put("spring.cloud.stream.binding-retry-interval", "0");
        properties.put("spring.cloud.stream.bindings.work-in-0.destination", "work");
        // Without a group Spring Cloud Stream does not start a stopped binding again.
        properties.put("spring.cloud.stream.bindings.work-in-0.group", "any");
        properties.put("spring.cloud.stream.bindings.work-in-0.consumer.max-attempts", "1");
        String consumer = "spring.cloud.stream.sqs.bindings.work-in-0.consumer.";
        properties.put(consumer + "dead-letter-queue-optional", "true");
        properties.put(consumer + "needs", "service");
        properties.put(consumer + "poll-timeout", "1s");
        input.forEach((name, value) -> properties.put(consumer + name, value));
        properties.putAll(others);
        ApplicationContextInitializer<GenericApplicationContext> test = context -> {
            context.registerBean(InputTestBase.class, () -> this);
            register(context);
        };
        application = new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.NONE)
                .registerShutdownHook(false)
                .properties(properties)
                .initializers(test)
                .run();
    }

    BindingsLifecycleController bindings() {
        return application.getBean(BindingsLifecycleController.class);
    }

    InputStatus status() {
        return application.getBean(InputStatuses.class).now().getFirst();
    }

    void pauseUntilNoReceiveIsInFlight() {
        bindings().pause("work-in-0");
        await().atMost(SOON).until(() -> status().receives() == 0);
    }

    void sendTen(String... names) {
        List<SendMessageBatchRequestEntry> entries = IntStream.range(0, names.length)
                .mapToObj(i -> SendMessageBatchRequestEntry.builder()
                        .id("e" + i)
                        .messageBody(names[i])
                        .build())
                .toList();
        sqs.sendMessageBatch(it -> it.queueUrl(url).entries(entries));
    }

    static String[] messages(String name, int count) {
        return IntStream.range(0, count).mapToObj(i -> name + i).toArray(String[]::new);
    }
}
