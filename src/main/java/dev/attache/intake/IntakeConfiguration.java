package dev.attache.intake;

import dev.attache.contract.EventCodec;
import dev.attache.contract.value.PagePaths;
import dev.attache.ledger.DueUploads;
import dev.attache.ledger.OpenUploads;
import dev.attache.ledger.PageIds;
import dev.attache.link.DownloadLinks;
import dev.attache.link.LinkSigner;
import dev.attache.source.SenderIds;
import dev.attache.source.SourcePolicies;
import dev.attache.storage.ObjectCatalog;
import dev.attache.upload.UploadCompletion;
import dev.attache.upload.UploadOpener;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.function.Function;
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
    DownloadLinks downloads(final ObjectCatalog catalog, final LinkSigner signer, final Clock clock) {
        return new DownloadLinks(catalog, signer, clock);
    }

    @Bean
    UploadOpener uploads(
            final OpenUploads ledger,
            final LinkSigner signer,
            final Clock clock,
            @Value("${attache.gateway.public-url}") final URI publicUrl) {
        SecureRandom random = new SecureRandom();
        return new UploadOpener(
                ledger,
                signer,
                () -> PageIds.random(random),
                publicUrl.toASCIIString().replaceAll("/+$", "") + PagePaths.UPLOAD,
                clock);
    }

    @Bean
    RequestedLinks requestedLinks(
            final EventCodec codec, final DownloadLinks downloads, final UploadOpener uploads, final Clock clock) {
        return new RequestedLinks(codec, downloads, uploads, clock);
    }

    @Bean
    AttachmentRequestedHandler attachmentRequests(
            final EventCodec codec,
            final SourcePolicies policies,
            final ObjectCatalog catalog,
            final DownloadLinks downloads,
            final RequestedLinks links,
            final AudienceProperties audience,
            final Clock clock) {
        return new AttachmentRequestedHandler(
                codec,
                policies,
                downloads,
                links,
                new AudienceSplitter(catalog, codec, clock),
                new SenderIds(audience.senderIds()));
    }

    @Bean
    Function<Message<byte[]>, Iterable<Message<byte[]>>> requestParts(
            final EventCodec codec,
            final SourcePolicies policies,
            final RequestedLinks links,
            final AudienceProperties audience) {
        return new AudiencePartHandler(codec, policies, links, new SenderIds(audience.senderIds()));
    }

    @Bean
    Function<Message<byte[]>, List<Message<byte[]>>> purchases(
            final EventCodec codec,
            final SourcePolicies policies,
            final DownloadLinks downloads,
            final PurchasesProperties properties,
            final Clock clock) {
        return new PurchaseCompletedHandler(codec, policies, downloads, properties.formerIdsUntilOrNever(), clock);
    }

    @Bean
    UploadCompletion uploadCompletion(
            final EventCodec codec,
            final SourcePolicies policies,
            final ObjectCatalog catalog,
            final DownloadLinks downloads,
            final OpenUploads ledger,
            final Clock clock) {
        return new UploadCompletion(codec, policies, catalog, downloads, ledger, clock);
    }

    @Bean
    Function<Message<byte[]>, List<Message<byte[]>>> createdObjects(
            final EventCodec codec,
            final OpenUploads ledger,
            final DueUploads due,
            final UploadCompletion completion,
            final MeterRegistry meters) {
        return new ObjectCreatedHandler(codec, ledger, due, completion, meters);
    }
}
