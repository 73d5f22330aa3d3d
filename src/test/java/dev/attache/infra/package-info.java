/** The scripts in {@code infra}, run with a fake {@code aws} command, and what the other files there repeat. */
@NullMarked
package dev.attache.infra;

import org.jspecify.annotations.NullMarked;
