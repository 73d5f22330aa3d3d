/** Sends mails by the API of Amazon SES. */
@NullMarked
package dev.attache.delivery.relay.ses;

import org.jspecify.annotations.NullMarked;
