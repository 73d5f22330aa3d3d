package dev.attache.storage;

import java.time.Clock;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import software.amazon.awssdk.services.s3.S3Client;

/** Catalogues of the objects in S3: for the handling of messages, for pages and for dry runs. */
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

    /**
     * The catalogue of dry runs, with the S3 client of the pages: its failures do not stop the handling of messages. As
     * in the worker's catalogue, a refused object is compared with others.
     */
    @Lazy
    @Bean(defaultCandidate = false)
    ObjectCatalog dryRunCatalog(@Qualifier("pagesS3") S3Client s3, CatalogProperties properties, Clock clock) {
        return objectCatalog(s3, properties, clock);
    }
}
