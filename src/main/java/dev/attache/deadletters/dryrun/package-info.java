/**
 * Whether a dead letter would be accepted today, and edited letters. Nothing here has side effects; the packages that
 * handle a queue provide its check.
 */
@NullMarked
package dev.attache.deadletters.dryrun;

import org.jspecify.annotations.NullMarked;
