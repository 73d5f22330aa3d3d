/**
 * What becomes of a message that could not be handled: failures are classified, a decision follows, and dead letters
 * are written.
 */
@NullMarked
package dev.attache.binder.failure;

import org.jspecify.annotations.NullMarked;
