package dev.attache.storage;

import jakarta.validation.constraints.Positive;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The cache of HEAD responses.
 *
 * @param catalogTtl how long a response is used; 0 for no cache
 * @param catalogSize the maximum number of cached responses
 */
@Validated
@ConfigurationProperties("attache.links")
public record CatalogProperties(
        @DefaultValue("30s") Duration catalogTtl,
        @DefaultValue("10000") @Positive int catalogSize) {

    public CatalogProperties {
        if (catalogTtl.isNegative()) {
            throw new IllegalArgumentException("attache.links.catalog-ttl is negative; set it to 0s for no cache");
        }
    }
}
