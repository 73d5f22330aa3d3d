/** An input: poll, function call, heartbeat, retries, settlement, drain at a stop. */
@NullMarked
package dev.attache.binder.inbound;

import org.jspecify.annotations.NullMarked;
