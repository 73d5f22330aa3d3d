package dev.attache.link.credentials;

import dev.attache.contract.value.Lifetimes;
import dev.attache.link.LinkNotSignableException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.Credentials;

/**
 * A role that we assume for nothing but signing. The SDK's own provider renews a session when it is about to end, so
 * that a link may get any life from a minute to a whole session; this one renews it when a link would live longer with
 * a fresh one, but once a minute at most, or else links longer than a session would each cost a call.
 */
public final class AssumedRole implements SigningCredentials, AutoCloseable {

    static final String SESSION_NAME = "attache";

    private static final Logger log = LoggerFactory.getLogger(AssumedRole.class);

    private static final Duration PAUSE = Duration.ofMinutes(1);

    /** After a failure without which there would be a link. */
    private static final Duration PAUSE_IN_NEED = Duration.ofSeconds(5);

    /** A session may be as old as the pause, a call takes its time, and the clocks differ. */
    private static final Duration MARGIN = PAUSE.plusMinutes(1);

    private final StsClient sts;

    private final String roleArn;

    private final Duration session;

    private final Clock clock;

    /** Held while STS is asked: who comes meanwhile waits for that answer. */
    private final Lock asking = new ReentrantLock();

    private volatile Standing standing = new Standing(null, Instant.MIN, null);

    /**
     * @param sts is closed with this object
     * @param session what to ask for, 15 minutes to 12 hours
     */
    public AssumedRole(StsClient sts, String roleArn, Duration session, Clock clock) {
        this.sts = sts;
        this.roleArn = roleArn;
        this.session = session;
        this.clock = clock;
    }

    @Override
    public AwsCredentials forLink(Duration lifetime, Duration least) {
        Standing now = standing;
        if (isWorthAsking(now, lifetime, least)) {
            now = ask(lifetime, least);
        }
        AwsSessionCredentials credentials = now.credentials();
        if (credentials == null || (now.failure() != null && !livesFor(credentials, least))) {
            throw new LinkNotSignableException(
                    "STS gives no session of " + roleArn + " to sign with: " + reason(now.failure()), now.failure());
        }
        return credentials;
    }

    /** Assumes the role, because only STS knows what the role's maximum is and whether this one is chained. */
    @Override
    public LinkLifetimeLimit longest() {
        AwsSessionCredentials credentials = ask(session, session).credentials();
        if (credentials == null) {
            throw new IllegalStateException(
                    "attache.links.signing-role-arn is " + roleArn + ", but STS gives no session"
                            + " of " + Lifetimes.text(session) + ": " + reason(standing.failure())
                            + ". The worker needs sts:AssumeRole on the role and the role's trust, and"
                            + " attache.links.signing-session may be no longer than the role's maximum session"
                            + " duration, or 1h when the worker's own credentials are those of an assumed role",
                    standing.failure());
        }
        // The call took its time; it is the whole minutes that were given.
        Duration given = left(credentials).plusSeconds(30).truncatedTo(ChronoUnit.MINUTES);
        return new LinkLifetimeLimit.Known(
                (given.compareTo(session) < 0 ? given : session).minus(MARGIN),
                "sessions of attache.links.signing-role-arn");
    }

    private Standing ask(Duration lifetime, Duration least) {
        asking.lock();
        try {
            // Another may have asked while this one waited.
            if (isWorthAsking(standing, lifetime, least)) {
                standing = answer(standing.credentials(), least);
            }
            return standing;
        } finally {
            asking.unlock();
        }
    }

    private Standing answer(@Nullable AwsSessionCredentials last, Duration least) {
        try {
            Credentials fresh = sts.assumeRole(it -> it.roleArn(roleArn)
                            .roleSessionName(SESSION_NAME)
                            .durationSeconds((int) session.toSeconds()))
                    .credentials();
            return new Standing(
                    AwsSessionCredentials.builder()
                            .accessKeyId(fresh.accessKeyId())
                            .secretAccessKey(fresh.secretAccessKey())
                            .sessionToken(fresh.sessionToken())
                            .expirationTime(fresh.expiration())
                            .build(),
                    clock.instant(),
                    null);
        } catch (SdkException e) {
            if (last != null && livesFor(last, least)) {
                log.warn(
                        "STS gives no fresh session of {}, so links are signed with the last one until {}: {}",
                        roleArn,
                        last.expirationTime().orElseThrow(),
                        reason(e));
            }
            return new Standing(last, clock.instant(), e);
        }
    }

    private boolean isWorthAsking(Standing last, Duration lifetime, Duration least) {
        AwsSessionCredentials credentials = last.credentials();
        if (credentials != null && livesFor(credentials, lifetime.compareTo(session) < 0 ? lifetime : session)) {
            return false;
        }
        boolean inNeed = last.failure() != null && (credentials == null || !livesFor(credentials, least));
        return !clock.instant().isBefore(last.at().plus(inNeed ? PAUSE_IN_NEED : PAUSE));
    }

    private boolean livesFor(AwsSessionCredentials credentials, Duration time) {
        return left(credentials).compareTo(time) >= 0;
    }

    private Duration left(AwsSessionCredentials credentials) {
        return Duration.between(clock.instant(), credentials.expirationTime().orElseThrow());
    }

    private static String reason(@Nullable SdkException failure) {
        return failure == null ? "it has not been asked" : String.valueOf(failure.getMessage());
    }

    /** Closes the STS client. */
    @Override
    public void close() {
        sts.close();
    }

    /**
     * @param at when STS was last asked
     * @param failure what it answered then, if that was no session
     */
    private record Standing(
            @Nullable AwsSessionCredentials credentials,
            Instant at,
            @Nullable SdkException failure) {

        /** Credentials are a secret. */
        @Override
        public String toString() {
            return "Standing[at=" + at + "]";
        }
    }
}
