package dev.attache.storage;

import java.time.Clock;
import java.time.Duration;
import software.amazon.awssdk.services.s3.S3Client;

/** Creates the real catalogue of the pages for tests in other packages. */
public final class PageCatalogs {

    private PageCatalogs() {}

    public static ObjectCatalog over(S3Client s3, Clock clock) {
        return new StorageConfiguration().pageCatalog(s3, new CatalogProperties(Duration.ofSeconds(30), 100), clock);
    }
}
