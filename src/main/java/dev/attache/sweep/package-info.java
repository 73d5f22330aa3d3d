/** Settles what is due in a due index of the ledger, round by round. */
@NullMarked
package dev.attache.sweep;

import org.jspecify.annotations.NullMarked;
