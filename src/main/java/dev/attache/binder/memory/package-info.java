/** Bounds the bytes of the messages that are in memory, over all inputs together. */
@NullMarked
package dev.attache.binder.memory;

import org.jspecify.annotations.NullMarked;
