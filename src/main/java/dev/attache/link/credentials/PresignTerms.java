package dev.attache.link.credentials;

import java.time.Duration;
import java.time.Instant;
import software.amazon.awssdk.auth.credentials.AwsCredentials;

/**
 * The credentials, the time and the lifetime to presign one link with.
 *
 * @param signedAt in whole seconds, as in {@code X-Amz-Date}
 * @param lifetime in whole seconds, as in {@code X-Amz-Expires}; 1 second to 7 days
 * @param credentialsExpireAt {@link Instant#MAX} if the credentials do not expire
 */
public record PresignTerms(
        AwsCredentials credentials, Instant signedAt, Duration lifetime, Instant credentialsExpireAt) {

    /**
     * The time from which on S3 refuses the link: when its lifetime is over or when the credentials expire, whichever
     * is earlier.
     */
    public Instant expiresAt() {
        Instant end = signedAt.plus(lifetime);
        return end.isBefore(credentialsExpireAt) ? end : credentialsExpireAt;
    }

    /** Leaves the credentials out, which are secret. */
    @Override
    public String toString() {
        return "PresignTerms[signedAt=" + signedAt + ", lifetime=" + lifetime + ", credentialsExpireAt="
                + credentialsExpireAt + "]";
    }
}
