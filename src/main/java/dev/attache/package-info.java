/**
 * The worker as a whole: its start, and the wiring that joins the rooms.
 */
@NullMarked
package dev.attache;

import org.jspecify.annotations.NullMarked;
