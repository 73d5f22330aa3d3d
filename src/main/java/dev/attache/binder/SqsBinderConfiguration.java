package dev.attache.binder;

import dev.attache.binder.failure.Failure;
import dev.attache.binder.failure.FailureClassifier;
import dev.attache.binder.failure.MessageMetrics;
import dev.attache.binder.failure.RejectionListener;
import dev.attache.binder.gate.Downstream;
import dev.attache.binder.inbound.MonotonicClock;
import dev.attache.binder.message.SenderAttestation;
import dev.attache.binder.provisioning.SqsProvisioner;
import dev.attache.binder.settings.SqsExtendedBindingProperties;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.event.ContextClosedEvent;
import software.amazon.awssdk.services.sns.SnsAsyncClient;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;

/**
 * Makes the binder; named in {@code META-INF/spring.binders}. Not a {@code @Configuration}, for then a component scan
 * would make a second binder in the application's own context.
 */
@EnableConfigurationProperties(SqsExtendedBindingProperties.class)
class SqsBinderConfiguration {

    @Bean
    SqsProvisioner sqsProvisioner(SqsAsyncClient sqs, SnsAsyncClient sns) {
        return new SqsProvisioner(sqs, sns);
    }

    @Bean
    SqsBinder sqsBinder(
            SqsProvisioner provisioner,
            SqsAsyncClient sqs,
            SnsAsyncClient sns,
            SqsExtendedBindingProperties properties,
            ObjectProvider<FailureClassifier> classifier,
            ObjectProvider<RejectionListener> listener,
            ObjectProvider<Downstream> downstreams,
            ObjectProvider<SenderAttestation> attestation,
            ObjectProvider<MeterRegistry> meters,
            ObjectProvider<Clock> clock,
            ApplicationContext context) {
        SqsBinder binder = new SqsBinder(
                provisioner,
                sqs,
                sns,
                properties,
                classifier.getIfAvailable(
                        () -> error -> new Failure.Bug(error.getClass().getName())),
                listener.getIfAvailable(() -> letter -> {}),
                downstreams.orderedStream().toList(),
                attestation.getIfAvailable(() -> SenderAttestation.NONE),
                new MessageMetrics(meters.getIfAvailable(SimpleMeterRegistry::new)),
                MonotonicClock.from(clock.getIfAvailable(Clock::systemUTC)));
        stopWith(context, binder);
        return binder;
    }

    /**
     * The binder lives in a context of its own, which is closed too late: the application's own says when the stop
     * begins.
     */
    private static void stopWith(ApplicationContext context, SqsBinder binder) {
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
