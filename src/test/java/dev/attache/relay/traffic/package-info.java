/** What the SMTP server has received: connections, commands and mails. */
@NullMarked
package dev.attache.relay.traffic;

import org.jspecify.annotations.NullMarked;
