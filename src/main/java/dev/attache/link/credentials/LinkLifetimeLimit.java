package dev.attache.link.credentials;

import java.time.Duration;

/** The longest lifetime of a link that the signing credentials allow. */
public sealed interface LinkLifetimeLimit {

    /** The longest lifetime that can be relied on. */
    Duration duration();

    /** The kind of credentials, to complete a sentence that ends in "signed with". */
    String credentials();

    /** The expiry of the credentials is known, or they do not expire. */
    record Known(Duration duration, String credentials) implements LinkLifetimeLimit {}

    /** The expiry of the credentials is unknown; {@code attache.links.unknown-session-life} is assumed. */
    record Assumed(Duration duration, String credentials) implements LinkLifetimeLimit {}
}
