package dev.attache.link.signing;

import dev.attache.contract.value.Lifetimes;
import dev.attache.link.credentials.LinkLifetimeLimit;
import dev.attache.link.credentials.SigningCredentials;
import dev.attache.source.SourcesProperties;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * Stops the start if a source requires links that are valid for longer than the signing credentials allow. Otherwise
 * each of its events would be retried until it is dead-lettered.
 */
final class MinimumLifetimeCheck implements SmartInitializingSingleton {

    private static final Logger log = LoggerFactory.getLogger(MinimumLifetimeCheck.class);

    private final SourcesProperties sources;

    private final SigningCredentials credentials;

    MinimumLifetimeCheck(SourcesProperties sources, SigningCredentials credentials) {
        this.sources = sources;
        this.credentials = credentials;
    }

    /** Runs before the first message is received. */
    @Override
    public void afterSingletonsInstantiated() {
        LinkLifetimeLimit limit = credentials.lifetimeLimit();
        requireMinimumsWithin(limit);
        switch (limit) {
            case LinkLifetimeLimit.Known known ->
                log.info(
                        "Links are valid for {} at most: they are signed with {}",
                        Lifetimes.text(known.duration()),
                        known.credentials());
            case LinkLifetimeLimit.Assumed assumed ->
                log.warn(
                        "Links may expire earlier than they state: they are signed with {}, which is assumed to be"
                                + " valid for {} (attache.links.unknown-session-life). Sign with an IAM user's access"
                                + " keys, with a role that the worker runs in, or with one that it assumes"
                                + " (attache.links.signing-role-arn)",
                        assumed.credentials(),
                        Lifetimes.text(assumed.duration()));
        }
    }

    private void requireMinimumsWithin(LinkLifetimeLimit limit) {
        List<String> impossible = sources.sources().entrySet().stream()
                .filter(source -> source.getValue().minExpiry().compareTo(limit.duration()) > 0)
                .map(source -> "attache.sources." + source.getKey() + ".min-expiry is "
                        + Lifetimes.text(source.getValue().minExpiry()))
                .sorted()
                .toList();
        if (!impossible.isEmpty()) {
            String longest = Lifetimes.text(limit.duration());
            throw new IllegalStateException(String.join(", ", impossible) + ", but links are valid for " + longest
                    + " at most when they are signed with " + limit.credentials()
                    + ". Sign with an IAM user's access keys ("
                    + Lifetimes.text(Lifetimes.LONGEST) + "), or lower min-expiry to " + longest + " or less");
        }
    }
}
