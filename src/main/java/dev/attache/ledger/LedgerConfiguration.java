package dev.attache.ledger;

import dev.attache.ledger.downloads.LinkChanges;
import dev.attache.ledger.keys.Keys;
import dev.attache.ledger.keys.KeysProperties;
import dev.attache.ledger.keys.PreviewKeys;
import dev.attache.ledger.objects.ConditionalObjects;
import dev.attache.ledger.objects.LedgerEncryption;
import dev.attache.ledger.objects.Pause;
import dev.attache.ledger.objects.PreviewS3;
import io.awspring.cloud.autoconfigure.s3.S3ClientCustomizer;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Comparator;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Beans that keep the worker's state in S3. {@link DownloadsConfiguration} has those of download pages. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({LedgerProperties.class, KeysProperties.class, LedgerEncryption.class})
class LedgerConfiguration {

    @Bean
    Pause ledgerPause() {
        // Not ThreadLocalRandom.current(), which belongs to the thread that creates this bean.
        return Pause.jittered(
                Duration.ofMillis(20), () -> ThreadLocalRandom.current().nextLong());
    }

    @Bean
    ConditionalObjects ledgerObjects(S3Client s3, LedgerProperties properties, Pause ledgerPause) {
        return new ConditionalObjects(s3, properties.bucket(), ledgerPause);
    }

    @Bean
    Keys keys(KeysProperties properties, LedgerProperties ledger, ConditionalObjects ledgerObjects, Pause ledgerPause) {
        return properties.keys(ledgerObjects, ledger.prefix(), ledgerPause);
    }

    @Bean
    S3DueUploads dueUploads(S3Client s3, LedgerProperties properties) {
        return new S3DueUploads(s3, properties.bucket(), properties.prefix());
    }

    @Bean
    OpenUploads openUploads(
            ConditionalObjects ledgerObjects,
            S3DueUploads dueUploads,
            Keys keys,
            LedgerProperties properties,
            Pause ledgerPause) {
        return new S3OpenUploads(ledgerObjects, dueUploads, keys, properties.prefix(), ledgerPause);
    }

    /** For the pages, which have their own S3 client. Lazy, because a worker without pages does not need it. */
    @Lazy
    @Bean(defaultCandidate = false)
    OpenUploads pageUploads(
            @Qualifier("pageUploadRecords") OpenUploads records, @Qualifier("pageLinkChanges") LinkChanges changes) {
        return new ChangedUploads(records, changes);
    }

    /** The records of the pages' uploads without what was revoked or extended since. */
    @Lazy
    @Bean(defaultCandidate = false)
    OpenUploads pageUploadRecords(
            @Qualifier("pagesS3") S3Client s3, KeysProperties keys, LedgerProperties properties, Pause ledgerPause) {
        ConditionalObjects objects = ledgerObjects(s3, properties, ledgerPause);
        return openUploads(
                objects,
                dueUploads(s3, properties),
                keys(keys, properties, objects, ledgerPause),
                properties,
                ledgerPause);
    }

    @Lazy
    @Bean(defaultCandidate = false)
    DueUploads pageDueUploads(@Qualifier("pagesS3") S3Client s3, LedgerProperties properties) {
        return dueUploads(s3, properties);
    }

    /** For operators. Lazy, because a worker without a console does not need it. */
    @Lazy
    @Bean(defaultCandidate = false)
    MailRecords pageMailRecords(@Qualifier("pagesS3") S3Client s3, LedgerProperties properties) {
        return new S3MailRecords(s3, properties.bucket(), properties.prefix());
    }

    @Bean
    UploadFolders uploadFolders(S3Client s3) {
        return (bucket, prefix) -> s3.listObjectsV2(it -> it.bucket(bucket).prefix(prefix)).contents().stream()
                .sorted(Comparator.comparing(S3Object::lastModified))
                .map(S3Object::key)
                .toList();
    }

    @Bean
    Claims claims(
            S3Client s3,
            ConditionalObjects ledgerObjects,
            LedgerProperties properties,
            KeysProperties keys,
            Pause ledgerPause) {
        ListObjectsV2Request firstClaim = ListObjectsV2Request.builder()
                .bucket(properties.bucket())
                .prefix(properties.prefix() + "claims/")
                .maxKeys(1)
                .build();
        return new S3Claims(
                ledgerObjects,
                properties.prefix(),
                new ClaimsBeforePages(
                        ledgerObjects,
                        keys.prefix(),
                        () -> !s3.listObjectsV2(firstClaim).contents().isEmpty()),
                properties.claimLease(),
                new SecureRandom(),
                ledgerPause);
    }

    /** The keys for dry runs, which use the S3 client of the pages. */
    @Lazy
    @Bean(defaultCandidate = false)
    Keys previewKeys(
            @Qualifier("pagesS3") S3Client s3, KeysProperties keys, LedgerProperties properties, Pause ledgerPause) {
        return new PreviewKeys(
                () -> new PreviewS3(s3),
                preview -> keys(keys, properties, ledgerObjects(preview, properties, ledgerPause), ledgerPause));
    }

    @Lazy
    @Bean
    LedgerPreviews ledgerPreviews(
            @Qualifier("pagesS3") S3Client s3,
            @Qualifier("previewKeys") Keys previewKeys,
            LedgerProperties properties,
            KeysProperties keys,
            Pause ledgerPause) {
        Keys locator = new PreviewKeys(
                () -> new PreviewS3(s3),
                preview -> keys.locator(ledgerObjects(preview, properties, ledgerPause), ledgerPause));
        return new LedgerPreviews(s3, properties, keys, previewKeys, locator, ledgerPause);
    }

    @Bean
    S3ClientCustomizer s3LedgerEncryption(LedgerEncryption encryption) {
        return builder -> builder.overrideConfiguration(builder.overrideConfiguration().toBuilder()
                .addExecutionInterceptor(encryption)
                .build());
    }
}
