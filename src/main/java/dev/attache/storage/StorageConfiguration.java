package dev.attache.storage;

import java.time.Clock;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import software.amazon.awssdk.services.s3.S3Client;

/** Two catalogues of the objects in S3: one for the handling of messages, one for pages. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(CatalogProperties.class)
public class StorageConfiguration {

    @Bean
    ObjectCatalog objectCatalog(S3Client s3, CatalogProperties properties, Clock clock) {
        return new S3ObjectCatalog(s3, properties.catalogTtl(), properties.catalogSize(), clock);
    }

    /**
     * The catalogue of the pages, with their own S3 client. Pages look up files that may not exist yet, which S3
     * answers with 403 if the worker may not list the bucket; so a 403 is taken to be about that object alone. Lazy,
     * because an installation may have no pages.
     */
    @Lazy
    @Bean(defaultCandidate = false)
    ObjectCatalog pageCatalog(@Qualifier("pagesS3") S3Client s3, CatalogProperties properties, Clock clock) {
        return new S3ObjectCatalog(
                s3, new ObjectAccess(s3, false), properties.catalogTtl(), properties.catalogSize(), clock);
    }
}
