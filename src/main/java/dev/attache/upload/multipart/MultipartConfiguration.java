package dev.attache.upload.multipart;

import dev.attache.ledger.OpenUploads;
import dev.attache.role.ConditionalOnRole;
import dev.attache.role.Role;
import dev.attache.source.SourcePolicies;
import dev.attache.storage.multipart.MultipartObjects;
import dev.attache.upload.UploadReceipts;
import dev.attache.upload.UploadSlots;
import java.time.Clock;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

/** The beans that start and complete the multipart uploads of the pages. Lazy, because there may be no pages. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(MultipartProperties.class)
@ConditionalOnRole(Role.PAGES)
class MultipartConfiguration {

    @Lazy
    @Bean
    MultipartStart multipartStart(
            UploadSlots slots,
            @Qualifier("pageUploads") OpenUploads uploads,
            @Qualifier("pageMultipartObjects") MultipartObjects objects,
            SourcePolicies policies,
            Clock clock) {
        return new MultipartStart(slots, uploads, objects, policies, clock);
    }

    @Lazy
    @Bean
    MultipartCompletion multipartCompletion(
            UploadReceipts receipts,
            @Qualifier("pageUploads") OpenUploads uploads,
            @Qualifier("pageMultipartObjects") MultipartObjects objects) {
        return new MultipartCompletion(receipts, uploads, objects);
    }
}
