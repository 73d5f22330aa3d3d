package dev.attache.link.signing;

import dev.attache.link.LinkOrigins;
import java.net.URI;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.endpoints.S3EndpointProvider;

/**
 * The addresses of buckets, by the rules of the SDK's presigner: the bucket is part of the host name or the first
 * segment of the path, the host of us-east-1 names no region, and the domain is that of the region's partition.
 */
final class BucketAddresses {

    /** A host that can have no subdomain. */
    private static final Pattern NUMERIC = Pattern.compile("[0-9.]+|\\[.*]");

    private final Map<String, Address> known = new ConcurrentHashMap<>();

    private final Region region;

    private final @Nullable URI endpoint;

    private final boolean pathStyle;

    private final EndpointVariant variant;

    /**
     * @param endpoint the endpoint of S3 that the recipients of links can reach; AWS's own for this region if null
     * @param pathStyle whether the bucket is always the first segment of the path, as with a numeric host
     * @param variant the variant of AWS's own endpoints; not used with another endpoint
     */
    BucketAddresses(Region region, @Nullable URI endpoint, boolean pathStyle, EndpointVariant variant) {
        this.region = region;
        this.endpoint = endpoint;
        this.pathStyle = pathStyle
                || (endpoint != null && NUMERIC.matcher(endpoint.getHost()).matches());
        this.variant = endpoint == null ? variant : EndpointVariant.STANDARD;
    }

    Region region() {
        return region;
    }

    /** The origins of links to these buckets, without duplicates and sorted. */
    LinkOrigins origins(Collection<String> buckets) {
        return new LinkOrigins(buckets.stream()
                .map(bucket -> of(bucket).origin())
                .distinct()
                .sorted()
                .toList());
    }

    /** Addresses are kept without limit: sources may link to a few configured buckets only. */
    Address of(String bucket) {
        Address address = known.get(bucket);
        return address == null ? known.computeIfAbsent(bucket, this::resolve) : address;
    }

    private Address resolve(String bucket) {
        URI uri = uri(bucket);
        boolean defaultPort = uri.getPort() < 0 || uri.getPort() == ("https".equals(uri.getScheme()) ? 443 : 80);
        String authority = defaultPort ? uri.getHost() : uri.getHost() + ":" + uri.getPort();
        String path = uri.getRawPath();
        return new Address(uri.getScheme() + "://" + authority, authority, path.endsWith("/") ? path : path + "/");
    }

    /** @throws IllegalStateException if the endpoint has no address for this bucket */
    URI uri(String bucket) {
        try {
            return S3EndpointProvider.defaultProvider()
                    .resolveEndpoint(it -> it.region(region)
                            .useGlobalEndpoint(region.equals(Region.US_EAST_1))
                            .bucket(bucket)
                            .forcePathStyle(pathStyle)
                            .useDualStack(variant.dualStack())
                            .useFips(variant.fips())
                            .accelerate(variant.accelerate())
                            .endpoint(endpoint == null ? null : endpoint.toString()))
                    .join()
                    .endpointUrl()
                    .toUri();
        } catch (CompletionException refused) {
            throw new IllegalStateException("There are no links to bucket " + bucket + " with "
                    + (endpoint == null ? variant.settings() : "endpoint " + endpoint) + ": "
                    + Objects.requireNonNullElse(refused.getCause(), refused).getMessage());
        }
    }

    /**
     * @param origin scheme, host and, unless it is the default of the scheme, port
     * @param host the value of the header {@code host}
     * @param path the encoded path to which a key is appended; ends with a slash
     */
    record Address(String origin, String host, String path) {}
}
