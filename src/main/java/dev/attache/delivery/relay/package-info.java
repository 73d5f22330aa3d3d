/** Sends mails within the limits of a relay, and stops while the relay is down. Transports are in the subpackages. */
@NullMarked
package dev.attache.delivery.relay;

import org.jspecify.annotations.NullMarked;
