package dev.attache.storage;

import jakarta.validation.constraints.Positive;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How the answers to HEAD requests are cached.
 *
 * @param catalogTtl how long an answer is used
 * @param catalogSize how many of them are kept
 */
@Validated
@ConfigurationProperties("attache.links")
public record CatalogProperties(
        @DefaultValue("30s") Duration catalogTtl,
        @DefaultValue("10000") @Positive int catalogSize) {

    public CatalogProperties {
        if (catalogTtl.isNegative()) {
            throw new IllegalArgumentException("attache.links.catalog-ttl is negative; 0s remembers nothing");
        }
    }
}
