/** How the SMTP server answers at each stage of a conversation. */
@NullMarked
package dev.attache.relay.behaviour;

import org.jspecify.annotations.NullMarked;
