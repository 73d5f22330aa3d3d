/**
 * What tasks do with the letters of a dead-letter queue: scan, replay, discard, edit and dry run. A pass receives the
 * letters and gives back those that are still there.
 */
@NullMarked
package dev.attache.deadletters.redrive;

import org.jspecify.annotations.NullMarked;
