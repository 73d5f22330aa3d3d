package dev.attache.intake;

import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.function.Function;

import dev.attache.contract.EventCodec;
import dev.attache.ledger.DueUploads;
import dev.attache.ledger.OpenUploads;
import dev.attache.ledger.PageIds;
import dev.attache.link.LinkSigner;
import dev.attache.link.ObjectCatalog;
import dev.attache.link.SenderIds;
import dev.attache.link.SourcePolicies;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.messaging.Message;

/** The functions that Spring Cloud Stream binds; a bean's name is the first part of its bindings' names. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({AudienceProperties.class, PurchasesProperties.class})
class IntakeConfiguration {

    @Bean
    Downloads downloads(final ObjectCatalog catalog, final LinkSigner signer, final Clock clock) {
        return new Downloads(catalog, signer, clock);
    }

    @Bean
    Uploads uploads(final OpenUploads ledger, final LinkSigner signer, final Clock clock,
            @Value("${attache.gateway.public-url}") final URI publicUrl) {
        SecureRandom random = new SecureRandom();
        return new Uploads(ledger, signer, () -> PageIds.random(random), publicUrl.toString().replaceAll("/+$", "") + "/u/", clock);
    }

    @Bean
    AttachmentRequests attachmentRequests(final EventCodec codec, final SourcePolicies policies,
            final ObjectCatalog catalog, final Downloads downloads, final Uploads uploads, final AudienceProperties audience,
            final Clock clock) {
        return new AttachmentRequests(codec, policies, downloads, uploads, new Audiences(catalog, codec, clock),
                new SenderIds(audience.senderIds()), clock);
    }

    @Bean
    Function<Message<byte[]>, Iterable<Message<byte[]>>> requestParts(final EventCodec codec,
            final SourcePolicies policies, final AttachmentRequests requests, final AudienceProperties audience) {
        return new RequestParts(codec, policies, requests, new SenderIds(audience.senderIds()));
    }

    @Bean
    Function<Message<byte[]>, List<Message<byte[]>>> purchases(final EventCodec codec, final SourcePolicies policies,
            final Downloads downloads, final PurchasesProperties properties, final Clock clock) {
        return new Purchases(codec, policies, downloads, properties.formerIdsUntilOrNever(), clock);
    }

    @Bean
    UploadCompletion uploadCompletion(final EventCodec codec, final SourcePolicies policies, final ObjectCatalog catalog,
            final Downloads downloads, final OpenUploads ledger, final Clock clock) {
        return new UploadCompletion(codec, policies, catalog, downloads, ledger, clock);
    }

    @Bean
    Function<Message<byte[]>, List<Message<byte[]>>> createdObjects(final EventCodec codec, final OpenUploads ledger,
            final DueUploads due, final UploadCompletion completion, final MeterRegistry meters) {
        return new CreatedObjects(codec, ledger, due, completion, meters);
    }
}
