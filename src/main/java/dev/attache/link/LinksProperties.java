package dev.attache.link;

import dev.attache.contract.value.Lifetimes;
import dev.attache.storage.ObjectKeys;
import java.net.URI;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Endpoint and credentials of links.
 *
 * @param publicEndpoint the endpoint of S3 for the recipients of links, if it differs from the worker's: the host is
 *     part of the signature. The bucket's name is prepended to the host, or to the path with {@code path-style}
 * @param pathStyle whether the bucket is the first segment of the path, and not part of the host name
 * @param signingRoleArn a role that is assumed only to sign links; a session is renewed when a link would be valid for
 *     longer with a new one. By default, the worker's own credentials sign
 * @param signingSession the duration of the role's sessions, 15 minutes to 12 hours; at most the role's maximum session
 *     duration, and at most 1 hour if the worker's own credentials come from an assumed role
 * @param unknownSessionLife the assumed lifetime of session credentials without an expiry (a session token in the
 *     environment or in a profile), counted from their first use: 1 minute to 36 hours
 */
@ConfigurationProperties("attache.links")
public record LinksProperties(
        @Nullable URI publicEndpoint,
        @DefaultValue("false") boolean pathStyle,
        @Nullable String signingRoleArn,
        @DefaultValue("1h") Duration signingSession,
        @DefaultValue("1h") Duration unknownSessionLife) {

    /** "IAM identifiers": the ARN of a role contains no region. */
    private static final Pattern ROLE = Pattern.compile("arn:aws[a-z-]*:iam::[0-9]{12}:role/[\\w+=,.@/-]+");

    /** "AssumeRole": {@code DurationSeconds} is 900 to 43200. */
    private static final Duration SHORTEST_SESSION = Duration.ofMinutes(15);

    private static final Duration LONGEST_SESSION = Duration.ofHours(12);

    /** "GetSessionToken": the longest session of STS is 36 hours. */
    private static final Duration LONGEST_UNKNOWN_SESSION = Duration.ofHours(36);

    public LinksProperties {
        if (publicEndpoint != null && publicEndpoint.toString().isEmpty()) {
            // An environment variable that is set, but empty.
            publicEndpoint = null;
        }
        if (signingRoleArn != null && signingRoleArn.isBlank()) {
            signingRoleArn = null;
        }
        if (publicEndpoint != null && !isWebAddress(publicEndpoint)) {
            throw new IllegalArgumentException("attache.links.public-endpoint is " + publicEndpoint
                    + ", but links need a web address without query, like https://attache.example.com");
        }
        if (signingRoleArn != null && !ROLE.matcher(signingRoleArn).matches()) {
            throw new IllegalArgumentException("attache.links.signing-role-arn is " + ObjectKeys.quoted(signingRoleArn)
                    + ", but a role's ARN is written like arn:aws:iam::123456789012:role/attache-links");
        }
        if (signingSession.compareTo(SHORTEST_SESSION) < 0 || signingSession.compareTo(LONGEST_SESSION) > 0) {
            throw new IllegalArgumentException("attache.links.signing-session is " + Lifetimes.text(signingSession)
                    + ", but STS gives sessions of 15m to 12h");
        }
        if (unknownSessionLife.compareTo(Duration.ofMinutes(1)) < 0
                || unknownSessionLife.compareTo(LONGEST_UNKNOWN_SESSION) > 0) {
            throw new IllegalArgumentException("attache.links.unknown-session-life is "
                    + Lifetimes.text(unknownSessionLife) + ", but must be between 1m and 36h, the longest session"
                    + " that STS gives");
        }
    }

    private static boolean isWebAddress(URI uri) {
        return ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))
                && uri.getHost() != null
                && uri.getRawQuery() == null
                && uri.getRawFragment() == null
                && uri.getRawUserInfo() == null;
    }
}
