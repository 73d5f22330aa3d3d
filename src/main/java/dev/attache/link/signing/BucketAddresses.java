package dev.attache.link.signing;

import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.endpoints.S3EndpointProvider;

/**
 * The addresses of buckets, by the rules of the SDK's presigner: the bucket is part of the host name or the first
 * segment of the path, and the host of us-east-1 names no region.
 */
final class BucketAddresses {

    private final Map<String, Address> known = new ConcurrentHashMap<>();

    private final Region region;

    private final @Nullable URI endpoint;

    private final boolean pathStyle;

    /** @param endpoint the endpoint of S3 that the recipients of links can reach; AWS's own for this region if null */
    BucketAddresses(Region region, @Nullable URI endpoint, boolean pathStyle) {
        this.region = region;
        this.endpoint = endpoint;
        this.pathStyle = pathStyle;
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

    URI uri(String bucket) {
        return S3EndpointProvider.defaultProvider()
                .resolveEndpoint(it -> it.region(region)
                        .useGlobalEndpoint(region.equals(Region.US_EAST_1))
                        .bucket(bucket)
                        .forcePathStyle(pathStyle)
                        .endpoint(endpoint == null ? null : endpoint.toString()))
                .join()
                .endpointUrl()
                .toUri();
    }

    /** AWS's own endpoint of this region, without a bucket. */
    static URI awsHost(Region region) {
        URI bucket = new BucketAddresses(region, null, true).uri("bucket");
        return URI.create(bucket.getScheme() + "://" + bucket.getHost());
    }

    /**
     * @param origin scheme, host and, unless it is the default of the scheme, port
     * @param host the value of the header {@code host}
     * @param path the encoded path to which a key is appended; ends with a slash
     */
    record Address(String origin, String host, String path) {}
}
