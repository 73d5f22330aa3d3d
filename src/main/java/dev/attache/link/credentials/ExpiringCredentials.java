package dev.attache.link.credentials;

import dev.attache.contract.value.Lifetimes;
import dev.attache.link.LinkNotSignableException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import software.amazon.awssdk.auth.credentials.AwsCredentials;

/**
 * Limits the lifetime of a link to that of the credentials that sign it. S3 refuses a link once its credentials have
 * expired, even if {@code X-Amz-Expires} is later ("Download and upload objects with presigned URLs").
 */
public final class ExpiringCredentials {

    private final SigningCredentials source;

    private final Clock clock;

    public ExpiringCredentials(SigningCredentials source, Clock clock) {
        this.source = source;
        this.clock = clock;
    }

    /**
     * The terms of a link that is presigned now.
     *
     * @param lifetime 1 second to 7 days
     * @param minimum the shortest lifetime that is accepted if the credentials expire before {@code lifetime} is over
     * @throws LinkNotSignableException if the credentials expire within the shorter of {@code minimum} and
     *     {@code lifetime}
     */
    public PresignTerms forLink(Duration lifetime, Duration minimum) {
        if (lifetime.compareTo(Duration.ofSeconds(1)) < 0 || lifetime.compareTo(Lifetimes.LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "A link's lifetime is " + lifetime + ", but Signature Version 4 allows 1 second to 7 days");
        }
        Duration required = minimum.compareTo(lifetime) < 0 ? minimum : lifetime;
        AwsCredentials credentials = source.forLink(lifetime, required);
        Instant now = clock.instant();
        Instant signedAt = now.truncatedTo(ChronoUnit.SECONDS);
        Instant end = credentials.expirationTime().orElse(Instant.MAX);
        if (end.isAfter(now.plus(lifetime))) {
            return new PresignTerms(credentials, signedAt, lifetime.truncatedTo(ChronoUnit.SECONDS), end);
        }
        Duration left = Duration.between(now, end).truncatedTo(ChronoUnit.SECONDS);
        if (left.compareTo(required) < 0 || left.isZero()) {
            throw new LinkNotSignableException("The credentials expire in " + left + ", but the link must be valid for "
                    + required + ". Sign with an IAM user's access keys, or allow shorter lifetimes"
                    + " (attache.sources.*.min-expiry)");
        }
        return new PresignTerms(credentials, signedAt, left, end);
    }
}
