package dev.attache.binder;

import dev.attache.binder.failure.AwsErrorKind;
import dev.attache.binder.failure.AwsFailureRule;
import dev.attache.binder.failure.CauseClassifier;
import dev.attache.binder.failure.DeadLetterAttributes;
import dev.attache.binder.failure.FailureClassifier;
import dev.attache.binder.failure.MessageMetrics;
import dev.attache.binder.failure.RejectionListener;
import dev.attache.binder.gate.Downstream;
import dev.attache.binder.inbound.DrainDeadline;
import dev.attache.binder.inbound.InboundContext;
import dev.attache.binder.inbound.MonotonicClock;
import dev.attache.binder.message.RedriveOutcomeListener;
import dev.attache.binder.message.RedriveOutcomes;
import dev.attache.binder.message.SenderAttestation;
import dev.attache.binder.message.SenderStatements;
import dev.attache.binder.metrics.BinderMeters;
import dev.attache.binder.observation.BinderObservations;
import dev.attache.binder.observation.EnvelopeTrace;
import dev.attache.binder.outbound.OutboundClients;
import dev.attache.binder.provisioning.SqsProvisioner;
import dev.attache.binder.settings.SettingRules;
import dev.attache.binder.settings.SqsBinderProperties;
import dev.attache.binder.settings.SqsExtendedBindingProperties;
import dev.attache.binder.settings.UnsupportedSettingException;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.cloud.stream.config.ConsumerEndpointCustomizer;
import org.springframework.cloud.stream.config.ListenerContainerCustomizer;
import org.springframework.cloud.stream.config.ProducerMessageHandlerCustomizer;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.ContextClosedEvent;
import software.amazon.awssdk.services.sns.SnsAsyncClient;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;

/**
 * Creates the binder, in a context of its own. {@code META-INF/spring.binders} names this class. It is not a
 * {@code @Configuration}, because a component scan would create a second binder in the application's context.
 */
@Import(SqsBinderHealthConfiguration.class)
@EnableConfigurationProperties({SqsBinderProperties.class, SqsExtendedBindingProperties.class})
class SqsBinderConfiguration {

    @Bean
    OutboundClients sqsOutboundClients(ObjectProvider<SqsAsyncClient> sqs, ObjectProvider<SnsAsyncClient> sns) {
        return new OutboundClients(
                sqs.getIfAvailable(() -> {
                    throw new UnsupportedSettingException(
                            "The SQS binder needs a bean of type SqsAsyncClient: define one, or use Spring Cloud AWS;"
                                    + " and remove spring.cloud.stream.binders.<name>.environment if it is set, because"
                                    + " such a binder cannot see the application's beans");
                }),
                sns::getIfAvailable);
    }

    @Bean
    SqsProvisioner sqsProvisioner(OutboundClients clients) {
        return new SqsProvisioner(clients);
    }

    @Bean
    InboundContext sqsInboundContext(
            OutboundClients clients,
            SqsBinderProperties properties,
            ObjectProvider<FailureClassifier> classifier,
            ObjectProvider<RejectionListener> listener,
            ObjectProvider<RedriveOutcomeListener> outcomes,
            ObjectProvider<SenderAttestation> attestation,
            ObjectProvider<MeterRegistry> meters,
            ObjectProvider<BinderObservations> observations,
            ObjectProvider<ObservationRegistry> registry,
            ObjectProvider<Clock> applicationClock) {
        DeadLetterAttributes attributes = new DeadLetterAttributes(properties.deadLetterAttributePrefix());
        MeterRegistry meterRegistry = meters.getIfAvailable(SimpleMeterRegistry::new);
        Clock clock = MonotonicClock.from(applicationClock.getIfAvailable(Clock::systemUTC));
        return new InboundContext(
                clients.sqs(),
                classifier.getIfAvailable(() -> new CauseClassifier(new AwsFailureRule())),
                listener.getIfAvailable(() -> deadLetter -> {}),
                new RedriveOutcomes(
                        outcomes.getIfAvailable(() -> (queue, messageId, redrive, code) -> {}),
                        attributes.redriveAttribute()),
                new SenderStatements(
                        attestation.getIfAvailable(() -> SenderAttestation.NONE), attributes.senderAttribute()),
                attributes,
                new MessageMetrics(meterRegistry, properties.meterPrefix()),
                new BinderMeters(meterRegistry, properties.meterPrefix(), AwsErrorKind::nameOf),
                observations.getIfAvailable(() -> new BinderObservations(
                        registry.getIfUnique(() -> ObservationRegistry.NOOP), EnvelopeTrace.NONE)),
                new DrainDeadline(clock),
                clock);
    }

    @Bean
    @SuppressWarnings("rawtypes") // A lambda has no type argument, and would not be found by one.
    Customizers sqsCustomizers(
            ObjectProvider<ListenerContainerCustomizer> containers,
            ObjectProvider<ConsumerEndpointCustomizer> inputs,
            ObjectProvider<ProducerMessageHandlerCustomizer> outputs) {
        return new Customizers(containers, inputs, outputs);
    }

    @Bean
    SqsBinder sqsBinder(
            SqsProvisioner provisioner,
            OutboundClients clients,
            InboundContext inbound,
            SqsExtendedBindingProperties properties,
            SqsBinderProperties binderProperties,
            ObjectProvider<Downstream> downstreams,
            ObjectProvider<BoundInputs> boundInputs,
            Customizers customizers,
            ApplicationContext context) {
        SqsBinder binder = new SqsBinder(
                provisioner,
                clients,
                inbound,
                properties,
                downstreams.orderedStream().toList(),
                new SettingRules(binderProperties.pollOverdueAfter()));
        customizers.applyTo(binder);
        boundInputs.ifAvailable(inputs -> inputs.add(binder::inputs));
        stopWithApplication(context, binder);
        return binder;
    }

    /**
     * The binder's own context is closed too late: inputs have to stop when the application's context begins to close.
     */
    private static void stopWithApplication(ApplicationContext context, SqsBinder binder) {
        ApplicationContext application = context.getParent() == null ? context : context.getParent();
        if (application instanceof ConfigurableApplicationContext closeable) {
            closeable.addApplicationListener(event -> {
                if (event instanceof ContextClosedEvent closed && application.equals(closed.getApplicationContext())) {
                    binder.beginStop();
                }
            });
        }
    }
}
