/** Inputs that are paused on all workers: the record in the ledger, and what applies it to this worker. */
@NullMarked
package dev.attache.queues.pause;

import org.jspecify.annotations.NullMarked;
