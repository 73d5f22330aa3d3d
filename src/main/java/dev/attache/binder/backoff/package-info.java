/** Exponential backoff. Part of the binder's API: an application may use it for its own retries. */
@NullMarked
package dev.attache.binder.backoff;

import org.jspecify.annotations.NullMarked;
