package dev.attache.link.credentials;

import java.time.Duration;

/** How long a link can live, by the credentials that sign it. */
public sealed interface LinkLifetimeLimit {

    /** No more can be counted on. */
    Duration duration();

    /** What the credentials are, for a sentence "signed with …". */
    String credentials();

    /** The credentials say when they end. */
    record Known(Duration duration, String credentials) implements LinkLifetimeLimit {}

    /** They die some time and do not say when; the time was set in the configuration. */
    record Assumed(Duration duration, String credentials) implements LinkLifetimeLimit {}
}
