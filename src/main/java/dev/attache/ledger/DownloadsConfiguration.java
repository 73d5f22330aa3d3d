package dev.attache.ledger;

import dev.attache.ledger.downloads.DeliveryHashes;
import dev.attache.ledger.downloads.DownloadUses;
import dev.attache.ledger.downloads.DueDownloads;
import dev.attache.ledger.downloads.IssuedPages;
import dev.attache.ledger.downloads.LinkChanges;
import dev.attache.ledger.downloads.ObjectIndex;
import dev.attache.ledger.downloads.PageTokens;
import dev.attache.ledger.downloads.S3DownloadUses;
import dev.attache.ledger.downloads.S3DueDownloads;
import dev.attache.ledger.downloads.S3LinkChanges;
import dev.attache.ledger.downloads.S3ObjectIndex;
import dev.attache.ledger.keys.Keys;
import dev.attache.ledger.keys.KeysProperties;
import dev.attache.ledger.objects.ConditionalObjects;
import dev.attache.ledger.objects.Pause;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Beans that keep the state of download pages in S3, for the worker, and as {@code page…} for the pages, which have
 * their own S3 client. The latter are lazy, because a worker without pages does not need them.
 */
@Configuration(proxyBeanMethods = false)
class DownloadsConfiguration {

    /** The key of {@link DeliveryHashes}, which is not one of {@link Keys}. */
    @Bean(defaultCandidate = false)
    Keys locatorKeys(KeysProperties properties, ConditionalObjects ledgerObjects, Pause ledgerPause) {
        return properties.locator(ledgerObjects, ledgerPause);
    }

    @Bean
    DeliveryHashes deliveryHashes(@Qualifier("locatorKeys") Keys locatorKeys) {
        return new DeliveryHashes(locatorKeys);
    }

    @Bean
    PageTokens pageTokens(Keys keys) {
        return new PageTokens(keys);
    }

    @Bean
    IssuedPages issuedPages(ConditionalObjects ledgerObjects, LedgerProperties properties) {
        return S3Claims.pages(ledgerObjects, properties.prefix());
    }

    @Bean
    DownloadUses downloadUses(ConditionalObjects ledgerObjects, LedgerProperties properties, Pause ledgerPause) {
        return new S3DownloadUses(ledgerObjects, properties.prefix(), ledgerPause);
    }

    @Bean
    LinkChanges linkChanges(
            ConditionalObjects ledgerObjects, DeliveryHashes hashes, LedgerProperties properties, Pause ledgerPause) {
        return new S3LinkChanges(ledgerObjects, hashes, properties.prefix(), ledgerPause);
    }

    /** For the sweeper, which must not settle an upload that was extended. */
    @Bean(defaultCandidate = false)
    OpenUploads changedUploads(OpenUploads openUploads, LinkChanges changes) {
        return new ChangedUploads(openUploads, changes);
    }

    @Bean
    DueDownloads dueDownloads(S3Client s3, LedgerProperties properties) {
        return new S3DueDownloads(s3, properties.bucket(), properties.prefix());
    }

    @Lazy
    @Bean(defaultCandidate = false)
    DueDownloads pageDueDownloads(@Qualifier("pagesS3") S3Client s3, LedgerProperties properties) {
        return dueDownloads(s3, properties);
    }

    @Lazy
    @Bean(defaultCandidate = false)
    ConditionalObjects pageObjects(@Qualifier("pagesS3") S3Client s3, LedgerProperties properties, Pause ledgerPause) {
        return new ConditionalObjects(s3, properties.bucket(), ledgerPause);
    }

    @Lazy
    @Bean(defaultCandidate = false)
    PageTokens pagePageTokens(
            @Qualifier("pageObjects") ConditionalObjects objects,
            KeysProperties keys,
            LedgerProperties properties,
            Pause ledgerPause) {
        return pageTokens(keys.keys(objects, properties.prefix(), ledgerPause));
    }

    @Lazy
    @Bean(defaultCandidate = false)
    IssuedPages pageIssuedPages(@Qualifier("pageObjects") ConditionalObjects objects, LedgerProperties properties) {
        return issuedPages(objects, properties);
    }

    @Lazy
    @Bean(defaultCandidate = false)
    DownloadUses pageDownloadUses(
            @Qualifier("pageObjects") ConditionalObjects objects, LedgerProperties properties, Pause ledgerPause) {
        return downloadUses(objects, properties, ledgerPause);
    }

    @Lazy
    @Bean(defaultCandidate = false)
    LinkChanges pageLinkChanges(
            @Qualifier("pageObjects") ConditionalObjects objects,
            @Qualifier("pageDeliveryHashes") DeliveryHashes hashes,
            LedgerProperties properties,
            Pause ledgerPause) {
        return linkChanges(objects, hashes, properties, ledgerPause);
    }

    @Lazy
    @Bean(defaultCandidate = false)
    DeliveryHashes pageDeliveryHashes(
            @Qualifier("pageObjects") ConditionalObjects objects, KeysProperties keys, Pause ledgerPause) {
        return deliveryHashes(locatorKeys(keys, objects, ledgerPause));
    }

    @Bean
    ObjectIndex objectIndex(S3Client s3, DeliveryHashes hashes, LedgerProperties properties) {
        return properties.indexObjects()
                ? new S3ObjectIndex(s3, hashes, properties.bucket(), properties.prefix())
                : ObjectIndex.NONE;
    }

    @Lazy
    @Bean(defaultCandidate = false)
    ObjectIndex pageObjectIndex(
            @Qualifier("pagesS3") S3Client s3,
            @Qualifier("pageDeliveryHashes") DeliveryHashes hashes,
            LedgerProperties properties) {
        return objectIndex(s3, hashes, properties);
    }
}
