package dev.attache.storage;

import java.time.Clock;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import software.amazon.awssdk.services.s3.S3Client;

/** What is known of the objects in S3: one catalogue for messages, and one for pages. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(CatalogProperties.class)
public class StorageConfiguration {

    @Bean
    ObjectCatalog objectCatalog(S3Client s3, CatalogProperties properties, Clock clock) {
        return new S3ObjectCatalog(s3, properties.catalogTtl(), properties.catalogSize(), clock);
    }

    /**
     * For the pages, which have an S3 client of their own. They ask whether a file is there already. S3's 403 does not
     * tell them, so they neither compare it with other objects nor raise an alarm. Lazy: made where there are pages.
     */
    @Lazy
    @Bean(defaultCandidate = false)
    ObjectCatalog pageCatalog(@Qualifier("pagesS3") S3Client s3, CatalogProperties properties, Clock clock) {
        return new S3ObjectCatalog(
                s3, new ObjectAccess(s3, false), properties.catalogTtl(), properties.catalogSize(), clock);
    }
}
