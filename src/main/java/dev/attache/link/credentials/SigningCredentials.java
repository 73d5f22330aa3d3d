package dev.attache.link.credentials;

import dev.attache.link.LinkNotSignableException;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsCredentials;

/**
 * Where the credentials that sign links come from. It is not a bean of the SDK's type, because the worker's clients
 * would then take it for theirs: who may sign need not be who reads the queues.
 */
public sealed interface SigningCredentials permits AmbientCredentials, AssumedRole {

    /**
     * Credentials to sign a link with now: the longest-lived that can be had, if those at hand die before
     * {@code lifetime} has passed. They may still die too early.
     *
     * @param least what the link must live, {@code lifetime} at most
     * @throws LinkNotSignableException when there are none that are worth signing with
     */
    AwsCredentials forLink(Duration lifetime, Duration least);

    /**
     * How long a link can live that is signed with them, asked once at start.
     *
     * @throws IllegalStateException when there are none, with the fix
     */
    LinkLifetimeLimit longest();
}
