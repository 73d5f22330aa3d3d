/** The console's pages and JSON about dead letters and the tasks on them. */
@NullMarked
package dev.attache.console.deadletters;

import org.jspecify.annotations.NullMarked;
