/** What operators look at, and what is checked at start. */
@NullMarked
package dev.attache.operations;

import org.jspecify.annotations.NullMarked;
