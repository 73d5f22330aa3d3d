package dev.attache.deadletters.dryrun;

import dev.attache.binder.failure.FailureClassifier;
import dev.attache.binder.message.SenderAttestation;
import dev.attache.contract.EventCodec;
import dev.attache.contract.EventEditor;
import dev.attache.contract.value.RejectedException;
import dev.attache.role.ConditionalOnRole;
import dev.attache.role.Role;
import dev.attache.source.SourcePolicies;
import java.util.UUID;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

/** The beans of dry runs and edited letters. Lazy, because only the console needs them. */
@Lazy
@Configuration(proxyBeanMethods = false)
@ConditionalOnRole(Role.CONSOLE)
class DryRunConfiguration {

    @Bean
    AcceptanceChecks acceptanceChecks(
            ObjectProvider<AcceptanceCheck> checks,
            FailureClassifier failures,
            @Qualifier("dryRunAttestation") SenderAttestation attestation,
            @Value("${spring.cloud.stream.sqs.binder.dead-letter-attribute-prefix}") String prefix) {
        return new AcceptanceChecks(checks.orderedStream().toList(), failures, attestation, prefix + "sender");
    }

    @Bean
    EditedEvents editedEvents(AcceptanceChecks checks, EventCodec codec, EventEditor editor, SourcePolicies policies) {
        return new EditedEvents(
                checks,
                codec,
                editor,
                source -> isPinned(source, policies),
                () -> UUID.randomUUID().toString());
    }

    private static boolean isPinned(String source, SourcePolicies policies) {
        try {
            return policies.require(source).senderPinned();
        } catch (RejectedException notConfigured) {
            return false;
        }
    }
}
