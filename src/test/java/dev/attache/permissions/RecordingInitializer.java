package dev.attache.permissions;

import dev.attache.AttacheApplication;
import dev.attache.contract.value.ObjectRef;
import dev.attache.link.LinkSigner;
import dev.attache.permissions.iam.AwsRequest;
import io.awspring.cloud.autoconfigure.core.AwsClientBuilderConfigurer;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageChannel;
import org.springframework.messaging.support.ChannelInterceptor;
import org.springframework.messaging.support.InterceptableChannel;

/**
 * Records the AWS calls of the application, however often tests start it in this JVM, if the build records them
 * ({@link CallRecords}). Registered in {@code META-INF/spring.factories} of the tests.
 */
final class RecordingInitializer implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    private static final List<String> ALL_ROLES = List.of("worker", "pages", "console");

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        CallRecords.ofThisJvm()
                .ifPresent(records -> context.getBeanFactory().addBeanPostProcessor(new Recording(records, context)));
    }

    private record Recording(CallRecords records, ConfigurableApplicationContext context) implements BeanPostProcessor {

        @Override
        public Object postProcessAfterInitialization(Object bean, String name) {
            return isTheApplication() ? recorded(bean, name) : bean;
        }

        /** Tests of the binder start applications without it. */
        private boolean isTheApplication() {
            return BeanFactoryUtils.beanNamesForTypeIncludingAncestors(
                                    context.getBeanFactory(), AttacheApplication.class, false, false)
                            .length
                    > 0;
        }

        private Object recorded(Object bean, String name) {
            return switch (bean) {
                case AwsClientBuilderConfigurer _ ->
                    new RecordingConfigurer(
                            context.getBeanFactory(),
                            client -> new CallInterceptor(records, roles(), client, permissions()));
                case LinkSigner signer -> new RecordingSigner(signer, this::signed);
                case InterceptableChannel channel -> {
                    topic(name).ifPresent(topic -> channel.addInterceptor(new Publications(topic)));
                    yield channel;
                }
                default -> bean;
            };
        }

        /** The topic to which an output publishes; empty for inputs, for outputs to queues, and for other channels. */
        private Optional<String> topic(String binding) {
            return binding.contains("-in-")
                    ? Optional.empty()
                    : Optional.ofNullable(environment()
                                    .getProperty("spring.cloud.stream.bindings." + binding + ".destination"))
                            .filter(destination -> !destination.startsWith("queue:"))
                            .map(destination -> destination.substring(destination.lastIndexOf(':') + 1));
        }

        private final class Publications implements ChannelInterceptor {

            private final String topic;

            Publications(String topic) {
                this.topic = topic;
            }

            @Override
            public Message<?> preSend(Message<?> message, MessageChannel channel) {
                records.add(new RecordedCall(
                        roles(),
                        RecordedCall.CHANNEL,
                        Callers.packages(),
                        new AwsRequest("sns:Publish", Sample.topic(topic))));
                return message;
            }
        }

        private void signed(String action, ObjectRef object) {
            permissions()
                    .ofLink(action, object.bucket(), object.key())
                    .forEach(request ->
                            records.add(new RecordedCall(roles(), RecordedCall.SIGNER, Callers.packages(), request)));
        }

        private RequiredPermissions permissions() {
            return new RequiredPermissions(environment().getProperty("attache.bucket", ""));
        }

        private Set<String> roles() {
            return new TreeSet<>(Binder.get(environment())
                    .bind("attache.roles", Bindable.listOf(String.class))
                    .orElse(ALL_ROLES));
        }

        private Environment environment() {
            return context.getEnvironment();
        }
    }
}
