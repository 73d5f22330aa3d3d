package dev.attache.upload;

import dev.attache.contract.EventCodec;
import dev.attache.issuing.DownloadIssuer;
import dev.attache.ledger.DueUploads;
import dev.attache.ledger.OpenUploads;
import dev.attache.role.ConditionalOnRole;
import dev.attache.role.Role;
import dev.attache.source.SourcePolicies;
import dev.attache.storage.ObjectCatalog;
import dev.attache.storage.multipart.MultipartObjects;
import java.time.Clock;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.cloud.stream.function.StreamBridge;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.core.task.SimpleAsyncTaskExecutor;

/**
 * The beans that record and announce files and the ends of uploads. Those that serve the pages use the pages' own S3
 * client, and are created only if there are pages.
 */
@Configuration(proxyBeanMethods = false)
class UploadConfiguration {

    /** The most uploads whose end is announced at the same time. */
    private static final int ANNOUNCED_AT_ONCE = 32;

    @Bean
    @ConditionalOnRole(Role.WORKER)
    UploadCompletion uploadCompletion(
            final EventCodec codec,
            final ObjectCatalog catalog,
            final OpenUploads ledger,
            final DueUploads due,
            final MultipartObjects multiparts,
            final Clock clock) {
        return new UploadCompletion(codec, catalog, ledger, due, new AbandonedMultiparts(multiparts), clock);
    }

    @Bean
    UploadAnnouncements uploadAnnouncements(
            final EventCodec codec,
            final SourcePolicies policies,
            final ObjectCatalog catalog,
            final DownloadIssuer issuer,
            final Clock clock) {
        return new UploadAnnouncements(codec, new UploadOffers(policies, catalog, issuer), clock);
    }

    @Bean
    UploadMarks uploadMarks(final OpenUploads ledger, final DueUploads due) {
        return new UploadMarks(ledger, due);
    }

    @Bean
    Publication uploadPublication(final StreamBridge bridge) {
        return (binding, message) -> {
            if (!bridge.send(binding, message)) {
                throw new IllegalStateException("A message could not be sent to " + binding);
            }
        };
    }

    /** Rejects tasks when it is busy: a sweep does them later. */
    @Bean(defaultCandidate = false)
    AsyncTaskExecutor uploadEndAnnouncements() {
        SimpleAsyncTaskExecutor executor = new SimpleAsyncTaskExecutor("upload-events-");
        executor.setVirtualThreads(true);
        executor.setConcurrencyLimit(ANNOUNCED_AT_ONCE);
        executor.setRejectTasksWhenLimitReached(true);
        return executor;
    }

    @Bean
    UploadEndAnnouncer uploadEndAnnouncer(
            final UploadAnnouncements announcements,
            final UploadMarks marks,
            final Publication publication,
            @Qualifier("uploadEndAnnouncements") final AsyncTaskExecutor background) {
        return new UploadEndAnnouncer(announcements, marks, publication, background);
    }

    @Lazy
    @Bean
    UploadReceipts uploadReceipts(
            @Qualifier("pageCatalog") final ObjectCatalog catalog,
            @Qualifier("pageUploads") final OpenUploads uploads,
            @Qualifier("pageDueUploads") final DueUploads due,
            final UploadEndAnnouncer announcer,
            final Clock clock) {
        return new UploadReceipts(catalog, uploads, due, announcer, clock);
    }

    @Lazy
    @Bean
    UploadSlots uploadSlots(
            @Qualifier("pageUploads") final OpenUploads uploads, final UploadReceipts receipts, final Clock clock) {
        return new UploadSlots(uploads, receipts, clock);
    }

    @Lazy
    @Bean
    UploadEnding uploadEnding(
            @Qualifier("pageUploads") final OpenUploads uploads,
            @Qualifier("pageDueUploads") final DueUploads due,
            final UploadReceipts receipts,
            final UploadEndAnnouncer announcer,
            final Clock clock) {
        return new UploadEnding(uploads, due, receipts, announcer, clock);
    }
}
