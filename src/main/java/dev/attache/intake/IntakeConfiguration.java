package dev.attache.intake;

import dev.attache.contract.EventCodec;
import dev.attache.contract.EventType;
import dev.attache.contract.value.PagePaths;
import dev.attache.download.LinkChangeHandler;
import dev.attache.issuing.DownloadIssuer;
import dev.attache.ledger.OpenUploads;
import dev.attache.ledger.PageIds;
import dev.attache.link.DownloadLinks;
import dev.attache.link.LinkSigner;
import dev.attache.role.ConditionalOnRole;
import dev.attache.role.Role;
import dev.attache.source.SenderIds;
import dev.attache.source.SourcePolicies;
import dev.attache.storage.ObjectCatalog;
import dev.attache.upload.UploadAnnouncements;
import dev.attache.upload.UploadCompletion;
import dev.attache.upload.UploadMarks;
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
@ConditionalOnRole(Role.WORKER)
class IntakeConfiguration {

    @Bean
    UploadOpener uploads(
            final OpenUploads ledger,
            final LinkSigner signer,
            final Clock clock,
            @Value("${attache.gateway.public-url}") final URI publicUrl) {
        SecureRandom random = new SecureRandom();
        String pages = publicUrl.toASCIIString().replaceAll("/+$", "") + PagePaths.UPLOAD;
        return new UploadOpener(ledger, signer, () -> PageIds.random(random), pages, clock);
    }

    @Bean
    RequestedLinks requestedLinks(
            final EventCodec codec,
            final DownloadLinks downloads,
            final DownloadIssuer issuer,
            final UploadOpener uploads,
            final Clock clock) {
        return new RequestedLinks(codec, downloads, issuer, uploads, clock);
    }

    @Bean
    EventRouter attachmentRequests(
            final EventCodec codec,
            final SourcePolicies policies,
            final ObjectCatalog catalog,
            final RequestedLinks links,
            final LinkChangeHandler changes,
            final AudienceProperties audience,
            final Clock clock) {
        AttachmentRequestedHandler requests = new AttachmentRequestedHandler(
                codec, links, new AudienceSplitter(catalog, codec, clock), new SenderIds(audience.senderIds()));
        return new EventRouter(
                codec,
                policies,
                List.of(
                        new EventRouter.Route<>(EventType.ATTACHMENT_REQUESTED, requests::handle),
                        new EventRouter.Route<>(EventType.LINK_REVOKE_REQUESTED, changes::revoke),
                        new EventRouter.Route<>(EventType.LINK_EXTEND_REQUESTED, changes::extend)));
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
            final DownloadIssuer issuer,
            final PurchasesProperties properties,
            final Clock clock) {
        return new PurchaseCompletedHandler(
                codec, policies, downloads, issuer, properties.formerIdsUntilOrNever(), clock);
    }

    @Bean
    Function<Message<byte[]>, List<Message<byte[]>>> createdObjects(
            final EventCodec codec,
            final OpenUploads ledger,
            final UploadCompletion completion,
            final UploadAnnouncements announcements,
            final UploadMarks marks,
            final MeterRegistry meters) {
        return new ObjectCreatedHandler(codec, ledger, completion, announcements, marks, meters);
    }
}
