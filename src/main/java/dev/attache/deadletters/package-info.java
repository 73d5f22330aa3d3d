/**
 * Dead letters as operators see them: snapshots of dead-letter queues, groups of letters, and what can be done with
 * them. {@link dev.attache.deadletters.redrive} does it.
 */
@NullMarked
package dev.attache.deadletters;

import org.jspecify.annotations.NullMarked;
