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
 * How links are made.
 *
 * @param publicEndpoint where the holders of links reach S3, if not where the worker does: the host is part of the
 *     signature. A bucket's name goes before it, or after it with {@code path-style}
 * @param pathStyle whether the bucket stands in the path and not in the host
 * @param signingRoleArn a role that is assumed for nothing but signing links; its sessions are renewed when a link
 *     would live longer with a fresh one. The worker's own credentials sign by default
 * @param signingSession how long its sessions are, 15 minutes to 12 hours; no more than the role's maximum, and 1 hour
 *     when the worker's own credentials are those of an assumed role
 * @param unknownSessionLife how long a session is taken to live that does not say when it ends (a session token in the
 *     environment or in a profile), from when it was first seen: 1 minute to 36 hours
 */
@ConfigurationProperties("attache.links")
public record LinksProperties(
        @Nullable URI publicEndpoint,
        @DefaultValue("false") boolean pathStyle,
        @Nullable String signingRoleArn,
        @DefaultValue("1h") Duration signingSession,
        @DefaultValue("1h") Duration unknownSessionLife) {

    /** "IAM identifiers": a role's ARN names no region. */
    private static final Pattern ROLE = Pattern.compile("arn:aws[a-z-]*:iam::[0-9]{12}:role/[\\w+=,.@/-]+");

    /** "AssumeRole": {@code DurationSeconds} is 900 to 43200. */
    private static final Duration SHORTEST_SESSION = Duration.ofMinutes(15);

    private static final Duration LONGEST_SESSION = Duration.ofHours(12);

    /** "GetSessionToken": 36 hours is the longest session there is. */
    private static final Duration LONGEST_OF_ALL = Duration.ofHours(36);

    public LinksProperties {
        if (publicEndpoint != null && publicEndpoint.toString().isEmpty()) {
            // An environment variable that is set to nothing.
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
                || unknownSessionLife.compareTo(LONGEST_OF_ALL) > 0) {
            throw new IllegalArgumentException("attache.links.unknown-session-life is "
                    + Lifetimes.text(unknownSessionLife) + ", but has to lie between 1m and 36h, the longest session"
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
