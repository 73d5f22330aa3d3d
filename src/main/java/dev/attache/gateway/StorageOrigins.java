package dev.attache.gateway;

import java.net.URI;
import java.util.List;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/** The origins that signed links may lead to, for the Content Security Policy of the upload page. */
final class StorageOrigins {

    /** S3's own, in all regions and partitions. */
    private static final List<String> AWS = List.of("https://*.amazonaws.com", "https://*.amazonaws.com.cn");

    private static final Pattern NUMERIC = Pattern.compile("[0-9.]+|\\[.*]");

    private StorageOrigins() {
    }

    /** @param endpoint where S3 is, for whoever holds a link; Amazon's own when absent */
    static List<String> of(@Nullable URI endpoint) {
        if (endpoint == null || endpoint.getHost() == null) {
            return AWS;
        }
        String port = endpoint.getPort() < 0 ? "" : ":" + endpoint.getPort();
        String origin = endpoint.getScheme() + "://" + endpoint.getHost() + port;
        // The bucket may be part of the host; there is no such thing with a numeric address.
        return NUMERIC.matcher(endpoint.getHost()).matches() ? List.of(origin)
                : List.of(origin, endpoint.getScheme() + "://*." + endpoint.getHost() + port);
    }
}
