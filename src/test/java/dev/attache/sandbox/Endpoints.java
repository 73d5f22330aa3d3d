package dev.attache.sandbox;

import java.net.URI;

/**
 * Where an AWS is, and the keys to it.
 *
 * @param region the region that requests are signed for
 */
public record Endpoints(URI sqs, URI s3, URI sns, String region, String accessKey, String secretKey) {

    /** The clients for it; closing them is the caller's. */
    public AwsClients clients() {
        return AwsClients.of(this);
    }

    @Override
    public String toString() {
        return "Endpoints[sqs=%s, s3=%s, sns=%s, region=%s]".formatted(sqs, s3, sns, region);
    }
}
