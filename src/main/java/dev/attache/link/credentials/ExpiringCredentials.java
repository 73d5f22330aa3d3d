package dev.attache.link.credentials;

import dev.attache.contract.value.Lifetimes;
import dev.attache.link.LinkNotSignableException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import software.amazon.awssdk.auth.credentials.AwsCredentials;

/**
 * Credentials, and how long a link that they sign can live: a link dies with them, though it may claim longer
 * ("Download and upload objects with presigned URLs").
 */
public final class ExpiringCredentials {

    private final SigningCredentials source;

    private final Clock clock;

    public ExpiringCredentials(SigningCredentials source, Clock clock) {
        this.source = source;
        this.clock = clock;
    }

    /**
     * Credentials to sign with now.
     *
     * @throws LinkNotSignableException when they die before {@code minimum}, or {@code lifetime} if that is shorter,
     *     has passed
     */
    public Signing forLink(Duration lifetime, Duration minimum) {
        if (lifetime.compareTo(Duration.ofSeconds(1)) < 0 || lifetime.compareTo(Lifetimes.LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "A link's lifetime is " + lifetime + ", but Signature Version 4 allows 1 second to 7 days");
        }
        Duration least = minimum.compareTo(lifetime) < 0 ? minimum : lifetime;
        AwsCredentials credentials = source.forLink(lifetime, least);
        Instant now = clock.instant();
        Instant end = credentials.expirationTime().orElse(Instant.MAX);
        if (end.isAfter(now.plus(lifetime))) {
            return new Signing(credentials, now, lifetime.truncatedTo(ChronoUnit.SECONDS), end);
        }
        Duration left = Duration.ofSeconds(Duration.between(now, end).toSeconds());
        if (left.compareTo(least) < 0 || left.isZero()) {
            throw new LinkNotSignableException("The credentials at hand live for another " + left
                    + ", but the link must for " + least + ". Sign with an IAM user's access keys, "
                    + "allow shorter lifetimes (attache.sources.*.min-expiry), "
                    + "or use gateway links, which are signed when they are followed");
        }
        return new Signing(credentials, now, left, end);
    }

    /**
     * @param duration whole seconds
     * @param end when the credentials die
     */
    public record Signing(AwsCredentials credentials, Instant now, Duration duration, Instant end) {

        /** The time at which S3 will refuse a link that says it is valid until {@code claimed}. */
        public Instant honest(Instant claimed) {
            return claimed.isBefore(end) ? claimed : end;
        }

        /** Credentials are a secret. */
        @Override
        public String toString() {
            return "Signing[duration=" + duration + ", end=" + end + "]";
        }
    }
}
