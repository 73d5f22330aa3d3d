/** Micrometer observations of received, processed and sent messages, for traces. */
@NullMarked
package dev.attache.binder.observation;

import org.jspecify.annotations.NullMarked;
