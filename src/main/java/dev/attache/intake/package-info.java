/**
 * One handler for each inbound event: a {@link java.util.function.Function} from a message to the messages that follow
 * from it.
 */
@NullMarked
package dev.attache.intake;

import org.jspecify.annotations.NullMarked;
