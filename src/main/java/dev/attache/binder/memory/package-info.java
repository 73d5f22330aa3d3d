/** Limits the size of the messages in memory, for all inputs together. */
@NullMarked
package dev.attache.binder.memory;

import org.jspecify.annotations.NullMarked;
