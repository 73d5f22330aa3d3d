/**
 * Executes tasks on dead-letter queues: scans, replays, discards, edits and dry runs. One task at a time uses a queue;
 * its state is in the ledger, so any instance shows, cancels and resumes it.
 */
@NullMarked
package dev.attache.deadletters.redrive;

import org.jspecify.annotations.NullMarked;
