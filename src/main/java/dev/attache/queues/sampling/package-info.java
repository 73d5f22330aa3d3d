/** Samples the depths of queues in the background, and combines them with the states of this worker's inputs. */
@NullMarked
package dev.attache.queues.sampling;

import org.jspecify.annotations.NullMarked;
