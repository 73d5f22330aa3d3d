/** Sends mails by SMTP: pooled connections, and the meaning of each reply. */
@NullMarked
package dev.attache.delivery.relay.smtp;

import org.jspecify.annotations.NullMarked;
