package dev.attache.story;

import dev.attache.contract.EventCodec;
import dev.attache.contract.EventMessages;
import dev.attache.contract.value.PagePaths;
import dev.attache.deadletters.DeadLetters;
import dev.attache.deadletters.dryrun.AcceptanceChecks;
import dev.attache.download.LinkChangeHandler;
import dev.attache.download.PageReports;
import dev.attache.ledger.LedgerProperties;
import dev.attache.ledger.MailRecords;
import dev.attache.ledger.OpenUploads;
import dev.attache.ledger.downloads.DeliveryHashes;
import dev.attache.ledger.downloads.LinkChanges;
import dev.attache.ledger.downloads.ObjectIndex;
import dev.attache.queues.QueueCatalog;
import dev.attache.queues.QueueReference;
import dev.attache.role.ConditionalOnRole;
import dev.attache.role.Role;
import dev.attache.source.SourcePolicies;
import dev.attache.source.SourcesProperties;
import dev.attache.storage.ObjectCatalog;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.cloud.stream.function.StreamBridge;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;
import org.springframework.messaging.Message;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * What operators look up and do about requests. All beans use the pages' S3 client and are lazy, because a worker
 * without a console does not need them.
 */
@Lazy
@Configuration(proxyBeanMethods = false)
@ConditionalOnRole(Role.CONSOLE)
class StoryConfiguration {

    @Bean
    UploadTimeline uploadTimeline(
            @Qualifier("pageUploads") OpenUploads uploads,
            @Qualifier("pageMailRecords") MailRecords mails,
            Clock clock) {
        return new UploadTimeline(uploads, mails, clock);
    }

    @Bean
    Stories stories(
            @Qualifier("pageMailRecords") MailRecords mails,
            PageReports reports,
            @Qualifier("pageUploads") OpenUploads uploads,
            @Qualifier("pageLinkChanges") LinkChanges changes,
            @Qualifier("pageDeliveryHashes") DeliveryHashes hashes,
            DeadLetters letters,
            QueueCatalog queues,
            UploadTimeline timeline,
            Clock clock) {
        return new Stories(
                mails, reports, uploads, changes, hashes, new RequestLetters(letters, queues, clock), timeline);
    }

    @Bean
    MailSearch mailSearch(
            @Qualifier("pageMailRecords") MailRecords mails,
            @Qualifier("pagesS3") S3Client s3,
            @Qualifier("pageUploadRecords") OpenUploads records,
            Stories stories,
            @Qualifier("pageDeliveryHashes") DeliveryHashes hashes,
            @Qualifier("pageObjectIndex") ObjectIndex index,
            LedgerProperties ledger) {
        UploadScan scan = new UploadScan(s3, records, ledger.bucket(), ledger.prefix());
        return new MailSearch(mails, scan, stories, hashes, index);
    }

    @Bean
    RequestChanges requestChanges(
            @Qualifier("pageLinkChangeHandler") LinkChangeHandler handler,
            SourcePolicies policies,
            StreamBridge bridge,
            Clock clock) {
        return new RequestChanges(handler, policies, publication(bridge), clock);
    }

    @Bean
    ResentUploads resentUploads(
            @Qualifier("pageUploads") OpenUploads uploads,
            UploadTimeline timeline,
            EventCodec codec,
            StreamBridge bridge,
            @Value("${attache.gateway.public-url}") URI publicUrl,
            Clock clock) {
        return new ResentUploads(
                uploads,
                timeline,
                new EventMessages(codec),
                publication(bridge),
                publicUrl.toASCIIString().replaceAll("/+$", "") + PagePaths.UPLOAD,
                clock);
    }

    private static Consumer<Message<byte[]>> publication(StreamBridge bridge) {
        return message -> {
            String binding = EventMessages.binding(message);
            if (!bridge.send(binding, message)) {
                throw new IllegalStateException("A message could not be sent to " + binding);
            }
        };
    }

    @Bean
    SharedObjects sharedObjects(
            @Qualifier("pagesS3") S3Client s3,
            @Qualifier("pageCatalog") ObjectCatalog catalog,
            SourcePolicies policies,
            SourcesProperties sources) {
        return new SharedObjects(s3, catalog, policies, sources);
    }

    @Bean
    LinkRequests linkRequests(
            EventCodec codec,
            SourcePolicies policies,
            SourcesProperties sources,
            SharedObjects objects,
            AcceptanceChecks checks,
            @Qualifier("consoleSqs") SqsClient sqs,
            @Value("${spring.cloud.stream.bindings.attachmentRequests-in-0.destination}") String queue,
            Environment environment,
            Clock clock) {
        // Not by @Value, which does not know lists of YAML.
        Binder settings = Binder.get(environment);
        Bindable<List<String>> ids = Bindable.listOf(String.class);
        List<String> senders = settings.bind("attache.console.sender-ids", ids)
                .orElseGet(
                        () -> settings.bind("attache.audience.sender-ids", ids).orElse(List.of()));
        return new LinkRequests(
                codec, policies, sources, objects, checks, sqs, QueueReference.of(queue), senders, clock);
    }
}
