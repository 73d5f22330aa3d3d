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
 * Refuses, at start, a source whose links must live longer than the credentials at hand let any link live: each of its
 * events would otherwise be retried until it is a dead letter.
 */
final class MinimumLifetimes implements SmartInitializingSingleton {

    private static final Logger log = LoggerFactory.getLogger(MinimumLifetimes.class);

    private final SourcesProperties sources;

    private final SigningCredentials credentials;

    MinimumLifetimes(SourcesProperties sources, SigningCredentials credentials) {
        this.sources = sources;
        this.credentials = credentials;
    }

    /** Before anything is received. */
    @Override
    public void afterSingletonsInstantiated() {
        LinkLifetimeLimit longest = credentials.longest();
        refuseWhatLiesAbove(longest);
        switch (longest) {
            case LinkLifetimeLimit.Known known ->
                log.info(
                        "Links live {} at most: they are signed with {}",
                        Lifetimes.text(known.duration()),
                        known.credentials());
            case LinkLifetimeLimit.Assumed assumed ->
                log.warn(
                        "Links may die earlier than they say: they are signed with {}, which is taken to be in {}"
                            + " (attache.links.unknown-session-life). Sign with an IAM user's access keys, with a role"
                            + " that the worker runs in, or with one that it assumes (attache.links.signing-role-arn)",
                        assumed.credentials(),
                        Lifetimes.text(assumed.duration()));
        }
    }

    private void refuseWhatLiesAbove(LinkLifetimeLimit longest) {
        List<String> impossible = sources.sources().entrySet().stream()
                .filter(source -> source.getValue().minExpiry().compareTo(longest.duration()) > 0)
                .map(source -> "attache.sources." + source.getKey() + ".min-expiry is "
                        + Lifetimes.text(source.getValue().minExpiry()))
                .sorted()
                .toList();
        if (!impossible.isEmpty()) {
            String limit = Lifetimes.text(longest.duration());
            throw new IllegalStateException(String.join(", ", impossible) + ", but links live " + limit
                    + " at most when they are signed with " + longest.credentials() + ". Three ways out: sign with an"
                    + " IAM user's access keys (" + Lifetimes.text(Lifetimes.LONGEST) + "), lower it to " + limit
                    + " or less, or use gateway links, which are signed when they are followed");
        }
    }
}
