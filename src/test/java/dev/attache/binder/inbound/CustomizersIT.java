package dev.attache.binder.inbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.attache.binder.outbound.OutboundHandler;
import io.awspring.cloud.sqs.listener.SqsMessageListenerContainer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.springframework.cloud.stream.config.ConsumerEndpointCustomizer;
import org.springframework.cloud.stream.config.ListenerContainerCustomizer;
import org.springframework.cloud.stream.config.ProducerMessageHandlerCustomizer;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.integration.core.Pausable;
import org.springframework.integration.endpoint.MessageProducerSupport;

/** Beans of the application that customize inputs and outputs. */
class CustomizersIT extends InputTestBase {

    /** The type of inputs of another binder in the same application. */
    abstract static class OfAnotherBinder extends MessageProducerSupport {}

    private final List<Object> customized = new CopyOnWriteArrayList<>();

    @Override
    void register(GenericApplicationContext context) {
        context.registerBean(
                ListenerContainerCustomizer.class,
                () -> (container, queue, group) -> customized.add(List.of(container.getClass(), queue, group)));
        context.registerBean(ConsumerEndpointCustomizer.class, () -> (endpoint, queue, group) -> {
            customized.add(List.of(endpoint.getClass(), queue, group));
            ((Pausable) endpoint).pause();
        });
        ConsumerEndpointCustomizer<OfAnotherBinder> other =
                (endpoint, queue, group) -> customized.add("of another binder");
        context.registerBean("ofAnotherBinder", ConsumerEndpointCustomizer.class, () -> other);
        context.registerBean(
                "another",
                ConsumerEndpointCustomizer.class,
                () -> (endpoint, queue, group) -> customized.add("another of " + queue));
        context.registerBean(
                ProducerMessageHandlerCustomizer.class,
                () -> (handler, destination) -> customized.add(List.of(handler.getClass(), destination)));
    }

    @Test
    void customizersOfContainersInputsAndOutputsAreCalled() {
        start(
                Map.of(),
                Map.of(
                        "spring.cloud.stream.output-bindings", "others",
                        "spring.cloud.stream.bindings.others.destination", "queue:work"));

        assertThat(customized)
                .containsExactlyInAnyOrder(
                        List.of(SqsMessageListenerContainer.class, "work", "any"),
                        List.of(SqsInboundAdapter.class, "work", "any"),
                        "another of work",
                        List.of(OutboundHandler.class, "work"));
    }

    @Test
    void anInputThatIsPausedBeforeItStartsReceivesNothingUntilItIsResumed() {
        start(Map.of());
        sendTen("a0");
        await().during(Duration.ofSeconds(2)).atMost(SOON).until(() -> begun.get() == 0 && status().receives() == 0);
        assertThat(status().paused()).isTrue();

        bindings().resume("work-in-0");

        await().atMost(SOON).until(() -> handled.contains("a0"));
    }
}
