package dev.attache.link.credentials;

import dev.attache.link.LinkNotSignableException;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsCredentials;

/**
 * Provides the credentials that sign links. This is not an SDK type, because the AWS clients of the worker would use a
 * bean of that type: the identity that signs links may differ from the one that reads the queues.
 */
public sealed interface SigningCredentials permits AmbientCredentials, AssumedRole {

    /**
     * Credentials to sign a link with now. If the current ones expire before {@code lifetime} is over, fresh ones are
     * requested where possible. The result may still expire before {@code minimum} is over.
     *
     * @param minimum the shortest accepted lifetime of the link, at most {@code lifetime}
     * @throws LinkNotSignableException if there are none
     */
    AwsCredentials forLink(Duration lifetime, Duration minimum);

    /**
     * The longest lifetime of links that are signed with these credentials. Called once, at start-up.
     *
     * @throws IllegalStateException if there are no credentials; the message names the fix
     */
    LinkLifetimeLimit lifetimeLimit();
}
