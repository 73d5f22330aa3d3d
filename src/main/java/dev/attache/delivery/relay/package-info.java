/** Sends mails by SMTP or Amazon SES: connections, limits, and what each answer of a relay means. */
@NullMarked
package dev.attache.delivery.relay;

import org.jspecify.annotations.NullMarked;
