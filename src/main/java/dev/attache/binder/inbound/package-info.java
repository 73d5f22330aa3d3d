/** The way of a message through an input: poll, function call, heartbeat, retries, drain at a stop. */
@NullMarked
package dev.attache.binder.inbound;

import org.jspecify.annotations.NullMarked;
