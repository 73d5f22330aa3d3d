package dev.attache.link;

import java.net.URI;
import java.time.Duration;

import jakarta.validation.constraints.Positive;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How links are made.
 *
 * @param publicEndpoint where the holders of links reach S3, if not where the worker does: the host is part of the
 *                       signature. A bucket's name goes before it, or after it with {@code path-style}
 * @param pathStyle      whether the bucket stands in the path and not in the host
 * @param catalogTtl     how long the answer to a HEAD is remembered
 * @param catalogSize    how many of them
 */
@Validated
@ConfigurationProperties("attache.links")
public record LinksProperties(@Nullable URI publicEndpoint, @DefaultValue("false") boolean pathStyle,
        @DefaultValue("30s") Duration catalogTtl, @DefaultValue("10000") @Positive int catalogSize) {

    public LinksProperties {
        if (publicEndpoint != null && publicEndpoint.toString().isEmpty()) {
            // An environment variable that is set to nothing.
            publicEndpoint = null;
        }
        if (publicEndpoint != null && !isWebAddress(publicEndpoint)) {
            throw new IllegalArgumentException("attache.links.public-endpoint is " + publicEndpoint
                    + ", but links need a web address without query, like https://files.example.com");
        }
        if (catalogTtl.isNegative()) {
            throw new IllegalArgumentException("attache.links.catalog-ttl is negative; 0s remembers nothing");
        }
    }

    private static boolean isWebAddress(URI uri) {
        return ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme())) && uri.getHost() != null
                && uri.getRawQuery() == null && uri.getRawFragment() == null && uri.getRawUserInfo() == null;
    }
}
