package dev.attache;

import dev.attache.binder.failure.AwsFailureRule;
import dev.attache.binder.failure.CauseClassifier;
import dev.attache.binder.failure.FailureClassifier;
import dev.attache.binder.failure.RejectionListener;
import dev.attache.binder.message.SenderAttestation;
import dev.attache.contract.EventCodec;
import dev.attache.deadletters.Announcements;
import dev.attache.intake.AudienceProperties;
import dev.attache.ledger.keys.Keys;
import dev.attache.queues.QueueReference;
import dev.attache.role.ConditionalOnRole;
import dev.attache.role.Role;
import dev.attache.source.SenderIds;
import dev.attache.source.SourcePolicies;
import dev.attache.source.SourcesProperties;
import java.time.Clock;
import java.util.Set;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.cloud.stream.function.StreamBridge;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

/** The beans by which the binder classifies the application's exceptions and announces rejected messages. */
@Configuration(proxyBeanMethods = false)
class FailureConfiguration {

    @Bean
    FailureClassifier failureClassifier(final FailureProperties properties) {
        return new CauseClassifier(new AttacheFailureRule(properties), new AwsFailureRule());
    }

    @Bean
    RejectionListener rejectionListener(
            final EventCodec codec, final StreamBridge bridge, final ClaimedSources sources, final Clock clock) {
        return new RejectionAnnouncer(codec, bridge, sources, clock);
    }

    @Bean
    ClaimedSources claimedSources(
            final SourcePolicies policies,
            final AudienceProperties audience,
            @Value("${spring.cloud.stream.bindings.requestParts-in-0.destination}") final String parts,
            @Value("${spring.cloud.stream.bindings.emailDelivery-in-0.destination}") final String emails,
            @Value("${spring.cloud.stream.bindings.newsletterDelivery-in-0.destination}") final String newsletters) {
        return new ClaimedSources(
                policies,
                new SenderIds(audience.senderIds()),
                QueueReference.of(parts).name(),
                Set.of(
                        QueueReference.of(emails).name(),
                        QueueReference.of(newsletters).name()));
    }

    @Bean
    SenderAttestation senderAttestation(final Keys keys, final SourcesProperties sources, final Clock clock) {
        boolean pinned = sources.sources().values().stream()
                .anyMatch(source -> !source.senderIds().isEmpty());
        return new SignedSenderAttestation(keys, pinned, clock);
    }

    /** For dry runs, which create no keys. */
    @Lazy
    @Bean(defaultCandidate = false)
    SenderAttestation dryRunAttestation(
            @Qualifier("previewKeys") final Keys keys, final SourcesProperties sources, final Clock clock) {
        return senderAttestation(keys, sources, clock);
    }

    /** A scan of dead letters creates no keys. */
    @Bean
    @ConditionalOnRole(Role.CONSOLE)
    Announcements announcements(
            final EventCodec codec,
            final ClaimedSources sources,
            @Lazy @Qualifier("dryRunAttestation") final SenderAttestation attestation) {
        return new DerivedAnnouncements(codec, sources, attestation);
    }
}
