package dev.attache.link.signing;

import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.endpoints.S3EndpointProvider;

/**
 * Where buckets are, by the same rules as the SDK's presigner: as a host of its own or as the first part of the path,
 * and in us-east-1 at the address without a region.
 */
final class BucketAddresses {

    private final Map<String, Address> known = new ConcurrentHashMap<>();

    private final Region region;

    private final @Nullable URI endpoint;

    private final boolean pathStyle;

    /** @param endpoint where the holders of links reach S3; AWS's own for this region when absent */
    BucketAddresses(Region region, @Nullable URI endpoint, boolean pathStyle) {
        this.region = region;
        this.endpoint = endpoint;
        this.pathStyle = pathStyle;
    }

    /** The few buckets that sources may link to are remembered for good. */
    Address of(String bucket) {
        Address address = known.get(bucket);
        return address == null ? known.computeIfAbsent(bucket, this::resolve) : address;
    }

    private Address resolve(String bucket) {
        URI uri = uri(bucket);
        boolean usual = uri.getPort() < 0 || uri.getPort() == ("https".equals(uri.getScheme()) ? 443 : 80);
        String authority = usual ? uri.getHost() : uri.getHost() + ":" + uri.getPort();
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

    /** AWS's own S3 in this region, before the name of any bucket. */
    static URI awsHost(Region region) {
        URI bucket = new BucketAddresses(region, null, true).uri("bucket");
        return URI.create(bucket.getScheme() + "://" + bucket.getHost());
    }

    /**
     * @param origin scheme and host, and the port where it is not the scheme's own
     * @param host the value of the header {@code host}
     * @param path what a key is appended to, encoded, with a slash at its end
     */
    record Address(String origin, String host, String path) {}
}
