/**
 * A received message with its visibility lease, the queue that it was received from, and the calls that delete, release
 * or extend it.
 */
@NullMarked
package dev.attache.binder.message;

import org.jspecify.annotations.NullMarked;
