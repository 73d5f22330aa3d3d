package dev.attache.binder.inbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.attache.binder.failure.Failure;
import dev.attache.binder.failure.FailureClassifier;
import dev.attache.binder.message.SqsHeaders;
import dev.attache.binder.settings.UnsupportedSettingException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.cloud.stream.function.StreamBridge;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageHandlingException;
import org.springframework.messaging.MessageHeaders;
import org.springframework.messaging.support.ErrorMessage;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** Settings of Spring Cloud Stream, in an application that repeats binds that fail. */
class BindingSettingsIT extends InputTestBase {

    private static final String INPUT = "spring.cloud.stream.bindings.work-in-0.";

    private final List<ErrorMessage> errors = new CopyOnWriteArrayList<>();

    private final List<Object> contentTypes = new CopyOnWriteArrayList<>();

    /** A bean's class is how Spring Cloud Function finds the types of a function. */
    static final class ErrorHandler implements Consumer<ErrorMessage> {

        private final List<ErrorMessage> errors;

        ErrorHandler(List<ErrorMessage> errors) {
            this.errors = errors;
        }

        @Override
        public void accept(ErrorMessage error) {
            errors.add(error);
        }
    }

    @Override
    void register(GenericApplicationContext context) {
        context.registerBean("handleErrors", ErrorHandler.class, () -> new ErrorHandler(errors));
        context.registerBean(FailureClassifier.class, () -> error -> new Failure.Rejected("BAD", "It is bad."));
    }

    @Override
    void received(Message<byte[]> message) {
        contentTypes.add(String.valueOf(message.getHeaders().get(MessageHeaders.CONTENT_TYPE)));
    }

    /** Spring Cloud Stream would otherwise log each failed bind and repeat it every 30 s. */
    @ParameterizedTest
    @CsvSource({
        INPUT + "consumer.concurrency, 5",
        INPUT + "consumer.batch-mode, true",
        INPUT + "consumer.max-attempts, 3",
        INPUT + "error-handler-definition, unknown",
        "spring.cloud.stream.bindings.others.producer.required-groups, audit",
        "spring.cloud.stream.sqs.bindings.work-in-0.consumer.needs, unknown"
    })
    void aSettingThatCannotBeHonouredStopsTheStart(String setting, String value) {
        assertThatThrownBy(() -> start(
                        Map.of(),
                        Map.of(
                                "spring.cloud.stream.binding-retry-interval",
                                "30",
                                "spring.cloud.stream.output-bindings",
                                "others",
                                "spring.cloud.stream.bindings.others.destination",
                                "queue:work",
                                setting,
                                value)))
                .hasRootCauseInstanceOf(UnsupportedSettingException.class)
                .rootCause()
                .hasMessageStartingWith(setting);
    }

    @Test
    void theErrorHandlerIsCalledWithEachRejectedMessage() {
        start(Map.of(), Map.of(INPUT + "error-handler-definition", "handleErrors"));

        sendTen("bad message");

        await().atMost(SOON).until(() -> errors.size() == 1 && queue.depth("work") == 0);
        ErrorMessage error = errors.getFirst();
        assertThat(error.getPayload())
                .isInstanceOf(MessageHandlingException.class)
                .hasMessageContaining("BAD")
                .hasRootCauseMessage("bad message");
        Message<?> failed = ((MessageHandlingException) error.getPayload()).getFailedMessage();
        assertThat(failed.getPayload()).isEqualTo("bad message".getBytes());
        assertThat(failed.getHeaders()).containsEntry(SqsHeaders.QUEUE, "work");
    }

    @Test
    void theErrorHandlerOfAnOutputIsCalledWithEachMessageThatIsNotPublished() {
        sqs.createQueue(it -> it.queueName("gone"));
        start(
                Map.of(),
                Map.of(
                        "spring.cloud.stream.output-bindings", "others",
                        "spring.cloud.stream.bindings.others.destination", "queue:gone",
                        "spring.cloud.stream.bindings.others.error-handler-definition", "handleErrors"));
        sqs.deleteQueue(it -> it.queueUrl(url.replace("/work", "/gone")));

        assertThatThrownBy(() -> application.getBean(StreamBridge.class).send("others", "out"))
                .hasStackTraceContaining("Publishing to gone failed");

        assertThat(errors).hasSize(1);
    }

    @Test
    void theContentTypeOfAnInputIsThatOfItsMessages() {
        start(Map.of(), Map.of(INPUT + "content-type", "application/json"));

        sendTen("{}");

        await().atMost(SOON).until(() -> handled.size() == 1);
        assertThat(contentTypes).containsExactly("application/json");
    }

    @Test
    void withoutAContentTypeMessagesAreTextAndNotParsed() {
        start(Map.of());

        sendTen("{}");

        await().atMost(SOON).until(() -> handled.size() == 1);
        assertThat(contentTypes).containsExactly("text/plain");
    }

    @Test
    void anOutputThatDoesNotStartByItselfRefusesMessagesUntilItIsStarted() {
        start(
                Map.of(),
                Map.of(
                        "spring.cloud.stream.output-bindings", "others",
                        "spring.cloud.stream.bindings.others.destination", "queue:work",
                        "spring.cloud.stream.bindings.others.producer.auto-startup", "false"));
        StreamBridge bridge = application.getBean(StreamBridge.class);
        assertThatThrownBy(() -> bridge.send("others", "out")).hasStackTraceContaining("is stopped");

        bindings().start("others");

        assertThat(bridge.send("others", "out")).isTrue();
        await().atMost(SOON).until(() -> handled.contains("out"));
    }

    @Test
    void anInputIsBoundToAQueueByItsArn() {
        String arn = sqs.getQueueAttributes(it -> it.queueUrl(url).attributeNames(QueueAttributeName.QUEUE_ARN))
                .attributes()
                .get(QueueAttributeName.QUEUE_ARN);
        start(Map.of(), Map.of(INPUT + "destination", arn));

        sendTen("a0");

        await().atMost(SOON).until(() -> handled.contains("a0"));
        assertThat(status().queue()).isEqualTo("work");
    }

    @Test
    void anInputAndAnOutputAreBoundToAQueueByItsUrl() {
        start(
                Map.of(),
                Map.of(
                        INPUT + "destination",
                        url,
                        "spring.cloud.stream.output-bindings",
                        "others",
                        "spring.cloud.stream.bindings.others.destination",
                        url));

        application.getBean(StreamBridge.class).send("others", "out");

        await().atMost(SOON).until(() -> handled.contains("out"));
    }
}
