package dev.attache.intake;

import dev.attache.contract.EventCodec;
import dev.attache.contract.EventType;
import dev.attache.deadletters.dryrun.AcceptanceCheck;
import dev.attache.ledger.LedgerPreviews;
import dev.attache.link.LinkSigner;
import dev.attache.role.ConditionalOnRole;
import dev.attache.role.Role;
import dev.attache.source.SourcePolicies;
import dev.attache.storage.ObjectCatalog;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

/** The checks of the inbound queues. Lazy, because only the console needs them. */
@Lazy
@Configuration(proxyBeanMethods = false)
@ConditionalOnRole(Role.CONSOLE)
class IntakeDryRunConfiguration {

    @Bean
    PreviewedHandlers previewedHandlers(
            EventCodec codec,
            SourcePolicies policies,
            @Qualifier("dryRunCatalog") ObjectCatalog catalog,
            LinkSigner signer,
            AudienceProperties audience,
            PurchasesProperties purchases,
            @Value("${attache.gateway.public-url}") URI publicUrl,
            Clock clock) {
        return new PreviewedHandlers(codec, policies, catalog, signer, audience, purchases, publicUrl, clock);
    }

    @Bean
    AcceptanceCheck attachmentRequestsCheck(
            PreviewedHandlers handlers,
            LedgerPreviews previews,
            EventCodec codec,
            @Value("${spring.cloud.stream.bindings.attachmentRequests-in-0.destination}") String queue) {
        List<EventType<?>> types = handlers.attachmentRequests(previews.start()).types();
        return new HandlerCheck(queue, types, handlers::attachmentRequests, previews, codec);
    }

    @Bean
    AcceptanceCheck requestPartsCheck(
            PreviewedHandlers handlers,
            LedgerPreviews previews,
            EventCodec codec,
            @Value("${spring.cloud.stream.bindings.requestParts-in-0.destination}") String queue) {
        return new HandlerCheck(queue, List.of(EventType.AUDIENCE_PART), handlers::requestParts, previews, codec);
    }

    @Bean
    AcceptanceCheck purchasesCheck(
            PreviewedHandlers handlers,
            LedgerPreviews previews,
            EventCodec codec,
            @Value("${spring.cloud.stream.bindings.purchases-in-0.destination}") String queue) {
        return new HandlerCheck(queue, List.of(EventType.PURCHASE_COMPLETED), handlers::purchases, previews, codec);
    }

    @Bean
    AcceptanceCheck createdObjectsCheck(
            PreviewedHandlers handlers,
            LedgerPreviews previews,
            EventCodec codec,
            @Value("${spring.cloud.stream.bindings.createdObjects-in-0.destination}") String queue) {
        return new HandlerCheck(queue, List.of(), handlers::createdObjects, previews, codec);
    }
}
