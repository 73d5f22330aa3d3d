/**
 * Tasks on dead-letter queues: their records, leases and outcomes in the ledger, and the threads that run them. Any
 * instance shows, cancels and takes over a task. {@link dev.attache.deadletters.redrive} says what a task does.
 */
@NullMarked
package dev.attache.deadletters.tasks;

import org.jspecify.annotations.NullMarked;
