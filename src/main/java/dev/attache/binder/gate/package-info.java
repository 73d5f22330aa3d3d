/** Pauses an input while a service that it needs is down, and probes the service when it may be up again. */
@NullMarked
package dev.attache.binder.gate;

import org.jspecify.annotations.NullMarked;
