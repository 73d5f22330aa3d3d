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
 * Sessions of a role that is assumed only to sign links. The SDK's provider renews a session shortly before it expires,
 * so a link could be limited to a minute. This class requests a new session when a link would be valid for longer with
 * it, but at most once a minute: otherwise each link that is longer than a session would cost a call to STS.
 */
public final class AssumedRole implements SigningCredentials, AutoCloseable {

    static final String SESSION_NAME = "attache";

    private static final Logger log = LoggerFactory.getLogger(AssumedRole.class);

    /** Between two requests for a session. */
    private static final Duration PAUSE = Duration.ofMinutes(1);

    /** After a failed request, if the last session is too short for the link. */
    private static final Duration PAUSE_WITHOUT_SESSION = Duration.ofSeconds(5);

    /** A session may be as old as the pause; one minute more for the call and for differing clocks. */
    private static final Duration MARGIN = PAUSE.plusMinutes(1);

    private final StsClient sts;

    private final String roleArn;

    private final Duration session;

    private final Clock clock;

    /** Held during a request to STS: other threads wait for its result instead of sending their own. */
    private final Lock requesting = new ReentrantLock();

    private volatile LastRequest lastRequest = new LastRequest(null, Instant.MIN, null);

    /**
     * @param sts is closed with this object
     * @param session the requested duration of sessions, 15 minutes to 12 hours
     */
    public AssumedRole(StsClient sts, String roleArn, Duration session, Clock clock) {
        this.sts = sts;
        this.roleArn = roleArn;
        this.session = session;
        this.clock = clock;
    }

    @Override
    public AwsCredentials forLink(Duration lifetime, Duration minimum) {
        LastRequest now = lastRequest;
        if (isRequestDue(now, lifetime, minimum)) {
            now = request(lifetime, minimum);
        }
        AwsSessionCredentials credentials = now.credentials();
        if (credentials == null || (now.failure() != null && !isValidFor(credentials, minimum))) {
            throw new LinkNotSignableException(
                    "STS gives no session of " + roleArn + " to sign links with: " + reason(now.failure()),
                    now.failure());
        }
        return credentials;
    }

    /** Assumes the role: only STS knows its maximum session duration, and whether the assumed role is chained. */
    @Override
    public LinkLifetimeLimit lifetimeLimit() {
        AwsSessionCredentials credentials = request(session, session).credentials();
        if (credentials == null) {
            throw new IllegalStateException(
                    "attache.links.signing-role-arn is " + roleArn + ", but STS gives no session"
                            + " of " + Lifetimes.text(session) + ": " + reason(lastRequest.failure())
                            + ". The worker needs sts:AssumeRole on the role and the role's trust, and"
                            + " attache.links.signing-session may be no longer than the role's maximum session"
                            + " duration, or 1h when the worker's own credentials are those of an assumed role",
                    lastRequest.failure());
        }
        // Rounded to minutes: the call itself took a moment of the session.
        Duration granted = left(credentials).plusSeconds(30).truncatedTo(ChronoUnit.MINUTES);
        return new LinkLifetimeLimit.Known(
                (granted.compareTo(session) < 0 ? granted : session).minus(MARGIN),
                "sessions of attache.links.signing-role-arn");
    }

    private LastRequest request(Duration lifetime, Duration minimum) {
        requesting.lock();
        try {
            // Another thread may have requested a session while this one waited for the lock.
            if (isRequestDue(lastRequest, lifetime, minimum)) {
                lastRequest = send(lastRequest.credentials(), minimum);
            }
            return lastRequest;
        } finally {
            requesting.unlock();
        }
    }

    private LastRequest send(@Nullable AwsSessionCredentials last, Duration minimum) {
        try {
            Credentials fresh = sts.assumeRole(it -> it.roleArn(roleArn)
                            .roleSessionName(SESSION_NAME)
                            .durationSeconds((int) session.toSeconds()))
                    .credentials();
            return new LastRequest(
                    AwsSessionCredentials.builder()
                            .accessKeyId(fresh.accessKeyId())
                            .secretAccessKey(fresh.secretAccessKey())
                            .sessionToken(fresh.sessionToken())
                            .expirationTime(fresh.expiration())
                            .build(),
                    clock.instant(),
                    null);
        } catch (SdkException e) {
            if (last != null && isValidFor(last, minimum)) {
                log.warn(
                        "STS gives no new session of {}; links are signed with the last one, which expires at {}: {}",
                        roleArn,
                        last.expirationTime().orElseThrow(),
                        reason(e));
            }
            return new LastRequest(last, clock.instant(), e);
        }
    }

    private boolean isRequestDue(LastRequest last, Duration lifetime, Duration minimum) {
        AwsSessionCredentials credentials = last.credentials();
        if (credentials != null && isValidFor(credentials, lifetime.compareTo(session) < 0 ? lifetime : session)) {
            return false;
        }
        boolean withoutSession = last.failure() != null && (credentials == null || !isValidFor(credentials, minimum));
        return !clock.instant().isBefore(last.at().plus(withoutSession ? PAUSE_WITHOUT_SESSION : PAUSE));
    }

    private boolean isValidFor(AwsSessionCredentials credentials, Duration time) {
        return left(credentials).compareTo(time) >= 0;
    }

    private Duration left(AwsSessionCredentials credentials) {
        return Duration.between(clock.instant(), credentials.expirationTime().orElseThrow());
    }

    private static String reason(@Nullable SdkException failure) {
        return failure == null ? "no session was requested yet" : String.valueOf(failure.getMessage());
    }

    /** Closes the STS client. */
    @Override
    public void close() {
        sts.close();
    }

    /**
     * @param credentials the last session; null before the first
     * @param at when a session was last requested
     * @param failure the error of that request; null if it gave a session
     */
    private record LastRequest(
            @Nullable AwsSessionCredentials credentials,
            Instant at,
            @Nullable SdkException failure) {

        /** Leaves the credentials out, which are secret. */
        @Override
        public String toString() {
            return "LastRequest[at=" + at + "]";
        }
    }
}
