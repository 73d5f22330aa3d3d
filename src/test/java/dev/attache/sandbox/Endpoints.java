package dev.attache.sandbox;

import java.net.URI;

/**
 * The endpoints of an AWS, and credentials for it.
 *
 * @param region the region in the signatures of requests
 */
public record Endpoints(URI sqs, URI s3, URI sns, String region, String accessKey, String secretKey) {

    /** New clients; the caller closes them. */
    public AwsClients clients() {
        return AwsClients.of(this);
    }

    @Override
    public String toString() {
        return "Endpoints[sqs=%s, s3=%s, sns=%s, region=%s]".formatted(sqs, s3, sns, region);
    }
}
