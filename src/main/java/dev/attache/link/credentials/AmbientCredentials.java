package dev.attache.link.credentials;

import dev.attache.contract.value.Lifetimes;
import dev.attache.link.LinkNotSignableException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * The worker's own credentials, from the SDK's provider. The SDK renews those of a role a few minutes before they
 * expire, and not on request; so the provider is called for every link. Session credentials without an expiry are
 * assumed to expire: otherwise they would sign links of seven days, which S3 might refuse after an hour.
 */
public final class AmbientCredentials implements SigningCredentials {

    /**
     * "Sharing objects with presigned URLs": links signed with the credentials of an instance profile are valid for up
     * to 6 hours. At start-up the current session may be about to end, and the next one may be longer.
     */
    private static final Duration SESSION = Duration.ofHours(6);

    private final AwsCredentialsProvider provider;

    private final Duration unknownLife;

    private final Clock clock;

    /** The last session without an expiry, and when it was first used. */
    private final AtomicReference<@Nullable FirstUse> firstUse = new AtomicReference<>();

    /** @param unknownLife the assumed lifetime of a session without an expiry, counted from its first use */
    public AmbientCredentials(AwsCredentialsProvider provider, Duration unknownLife, Clock clock) {
        this.provider = provider;
        this.unknownLife = unknownLife;
        this.clock = clock;
    }

    @Override
    public AwsCredentials forLink(Duration lifetime, Duration minimum) {
        try {
            return withExpiry(provider.resolveCredentials(), minimum);
        } catch (SdkException e) {
            throw new LinkNotSignableException("There are no credentials to sign with: " + e.getMessage(), e);
        }
    }

    private AwsCredentials withExpiry(AwsCredentials credentials, Duration minimum) {
        if (!isOfUnknownLife(credentials)) {
            return credentials;
        }
        AwsSessionCredentials session = (AwsSessionCredentials) credentials;
        Instant end = firstUse(session).plus(unknownLife);
        if (Duration.between(clock.instant(), end).compareTo(minimum) < 0) {
            throw new LinkNotSignableException("The session token that signs links has no expiry, and its assumed"
                    + " lifetime of " + Lifetimes.text(unknownLife)
                    + " since its first use is over or about to end. Renew"
                    + " the token, or set attache.links.unknown-session-life to its real lifetime");
        }
        return session.copy(it -> it.expirationTime(end));
    }

    /** Each session has its own access key id. */
    private Instant firstUse(AwsSessionCredentials session) {
        FirstUse now = new FirstUse(session.accessKeyId(), clock.instant());
        FirstUse first = firstUse.accumulateAndGet(
                now, (last, next) -> last != null && last.accessKeyId().equals(next.accessKeyId()) ? last : next);
        return Objects.requireNonNull(first).at();
    }

    private static boolean isOfUnknownLife(AwsCredentials credentials) {
        return credentials instanceof AwsSessionCredentials
                && credentials.expirationTime().isEmpty();
    }

    @Override
    public LinkLifetimeLimit lifetimeLimit() {
        AwsCredentials credentials = atStart();
        Optional<Instant> end = credentials.expirationTime();
        if (end.isPresent()) {
            Duration left = Duration.between(clock.instant(), end.get()).truncatedTo(ChronoUnit.MINUTES);
            return new LinkLifetimeLimit.Known(
                    left.compareTo(SESSION) > 0 ? left : SESSION,
                    "the credentials of a role, which expire after some hours");
        }
        if (isOfUnknownLife(credentials)) {
            firstUse((AwsSessionCredentials) credentials);
            return new LinkLifetimeLimit.Assumed(unknownLife, "a session token without an expiry");
        }
        return new LinkLifetimeLimit.Known(Lifetimes.LONGEST, "an IAM user's access keys");
    }

    private AwsCredentials atStart() {
        try {
            return provider.resolveCredentials();
        } catch (SdkException e) {
            throw new IllegalStateException(
                    "Links cannot be signed, because there are no AWS credentials: give the "
                            + "worker a role, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY",
                    e);
        }
    }

    private record FirstUse(String accessKeyId, Instant at) {}
}
