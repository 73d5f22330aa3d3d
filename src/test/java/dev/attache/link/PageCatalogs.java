package dev.attache.link;

import java.time.Clock;
import java.time.Duration;

import software.amazon.awssdk.services.s3.S3Client;

/** The real catalog of the pages, for tests in other rooms. */
public final class PageCatalogs {

    private PageCatalogs() {
    }

    public static ObjectCatalog over(S3Client s3, Clock clock) {
        return new LinkConfiguration().pageCatalog(s3, new LinksProperties(null, false, null, Duration.ofHours(1), Duration.ofHours(1),
                Duration.ofSeconds(30), 100), clock);
    }
}
