package dev.attache.binder;

import java.util.function.Consumer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.util.LambdaSafe;
import org.springframework.cloud.stream.config.ConsumerEndpointCustomizer;
import org.springframework.cloud.stream.config.ListenerContainerCustomizer;
import org.springframework.cloud.stream.config.ProducerMessageHandlerCustomizer;

/** The customizers of an application, in their order. Those for the types of other binders are left out. */
@SuppressWarnings({"rawtypes", "unchecked"}) // Their type arguments are compared with what they are called with.
record Customizers(
        ObjectProvider<ListenerContainerCustomizer> containers,
        ObjectProvider<ConsumerEndpointCustomizer> inputs,
        ObjectProvider<ProducerMessageHandlerCustomizer> outputs) {

    void applyTo(SqsBinder binder) {
        binder.setContainerCustomizer((container, destination, group) -> call(
                ListenerContainerCustomizer.class,
                containers,
                container,
                each -> each.configure(container, destination, group)));
        binder.setConsumerEndpointCustomizer((input, destination, group) -> call(
                ConsumerEndpointCustomizer.class, inputs, input, each -> each.configure(input, destination, group)));
        binder.setProducerMessageHandlerCustomizer((output, destination) -> call(
                ProducerMessageHandlerCustomizer.class, outputs, output, each -> each.configure(output, destination)));
    }

    private static <C> void call(Class<C> type, ObjectProvider<C> customizers, Object target, Consumer<C> call) {
        LambdaSafe.callbacks(type, customizers.orderedStream().toList(), target).invoke(call);
    }
}
