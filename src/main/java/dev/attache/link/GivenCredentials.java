package dev.attache.link;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * The worker's own credentials, wherever the SDK finds them. Those of a role are renewed by the SDK minutes before
 * they end and not when we ask, so all that can be done is to ask for every link anew and never to keep an answer.
 */
final class GivenCredentials implements SigningCredentials {

    /**
     * "Sharing objects with presigned URLs": links signed with an instance profile's credentials live up to 6 hours.
     * What is left at start says less, for it may be the end of a session, to be followed by a longer one.
     */
    private static final Duration SESSION = Duration.ofHours(6);

    private final AwsCredentialsProvider provider;

    private final Clock clock;

    GivenCredentials(AwsCredentialsProvider provider, Clock clock) {
        this.provider = provider;
        this.clock = clock;
    }

    @Override
    public AwsCredentials forLink(Duration lifetime, Duration least) {
        try {
            return provider.resolveCredentials();
        } catch (SdkException e) {
            throw new LinkNotSignableException("There are no credentials to sign with: " + e.getMessage(), e);
        }
    }

    @Override
    public LongestLink longest() {
        AwsCredentials credentials = atStart();
        Optional<Instant> end = credentials.expirationTime();
        if (end.isPresent()) {
            Duration left = Duration.between(clock.instant(), end.get()).truncatedTo(ChronoUnit.MINUTES);
            return new LongestLink.Known(left.compareTo(SESSION) > 0 ? left : SESSION,
                    "a role's credentials, which live for some hours");
        }
        return credentials instanceof AwsSessionCredentials
                ? new LongestLink.Unknown("a session token that does not say when it ends")
                : new LongestLink.Known(S3LinkSigner.LONGEST, "an IAM user's access keys");
    }

    private AwsCredentials atStart() {
        try {
            return provider.resolveCredentials();
        } catch (SdkException e) {
            throw new IllegalStateException("Links cannot be signed, because there are no AWS credentials: give the "
                    + "worker a role, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY", e);
        }
    }

    /** The provider is shared with the worker's clients; closed here, it would stop renewing theirs. */
    @Override
    public void close() {
    }
}
