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
 * The worker's own credentials, wherever the SDK finds them. Those of a role are renewed by the SDK minutes before they
 * end and not when we ask, so all that can be done is to ask for every link anew and never to keep an answer. Session
 * credentials that do not say when they end are given an end of ours: without one, they would sign links of seven days
 * and be dead within the hour.
 */
public final class AmbientCredentials implements SigningCredentials {

    /**
     * "Sharing objects with presigned URLs": links signed with an instance profile's credentials live up to 6 hours.
     * What is left at start says less, for it may be the end of a session, to be followed by a longer one.
     */
    private static final Duration SESSION = Duration.ofHours(6);

    private final AwsCredentialsProvider provider;

    private final Duration unknownLife;

    private final Clock clock;

    /** The session without an end that was last given. */
    private final AtomicReference<@Nullable Sighting> sighting = new AtomicReference<>();

    /** @param unknownLife what a session that does not say when it ends is taken to live, from when it is first seen */
    public AmbientCredentials(AwsCredentialsProvider provider, Duration unknownLife, Clock clock) {
        this.provider = provider;
        this.unknownLife = unknownLife;
        this.clock = clock;
    }

    @Override
    public AwsCredentials forLink(Duration lifetime, Duration least) {
        try {
            return withEnd(provider.resolveCredentials(), least);
        } catch (SdkException e) {
            throw new LinkNotSignableException("There are no credentials to sign with: " + e.getMessage(), e);
        }
    }

    private AwsCredentials withEnd(AwsCredentials credentials, Duration least) {
        if (!isOfUnknownLife(credentials)) {
            return credentials;
        }
        AwsSessionCredentials session = (AwsSessionCredentials) credentials;
        Instant end = firstSeen(session).plus(unknownLife);
        if (Duration.between(clock.instant(), end).compareTo(least) < 0) {
            throw new LinkNotSignableException("The session token to sign with does not say when it ends, and was first"
                    + " seen more than " + Lifetimes.text(unknownLife) + " ago or nearly so. Renew it, or raise"
                    + " attache.links.unknown-session-life to what it really lives");
        }
        return session.copy(it -> it.expirationTime(end));
    }

    /** Every session has an access key of its own. */
    private Instant firstSeen(AwsSessionCredentials session) {
        Sighting now = new Sighting(session.accessKeyId(), clock.instant());
        Sighting first = sighting.accumulateAndGet(
                now, (last, next) -> last != null && last.accessKeyId().equals(next.accessKeyId()) ? last : next);
        return Objects.requireNonNull(first).at();
    }

    private static boolean isOfUnknownLife(AwsCredentials credentials) {
        return credentials instanceof AwsSessionCredentials
                && credentials.expirationTime().isEmpty();
    }

    @Override
    public LinkLifetimeLimit longest() {
        AwsCredentials credentials = atStart();
        Optional<Instant> end = credentials.expirationTime();
        if (end.isPresent()) {
            Duration left = Duration.between(clock.instant(), end.get()).truncatedTo(ChronoUnit.MINUTES);
            return new LinkLifetimeLimit.Known(
                    left.compareTo(SESSION) > 0 ? left : SESSION, "a role's credentials, which live for some hours");
        }
        if (isOfUnknownLife(credentials)) {
            firstSeen((AwsSessionCredentials) credentials);
            return new LinkLifetimeLimit.Assumed(unknownLife, "a session token that does not say when it ends");
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

    private record Sighting(String accessKeyId, Instant at) {}
}
