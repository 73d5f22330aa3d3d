/**
 * Whether an input may receive and handle messages: it waits while a service that it needs is down, and probes when it
 * may be up again.
 */
@NullMarked
package dev.attache.binder.gate;

import org.jspecify.annotations.NullMarked;
