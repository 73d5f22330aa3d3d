/** The scripts in {@code infra}, run with a double of the {@code aws} command. */
@NullMarked
package dev.attache.infra;

import org.jspecify.annotations.NullMarked;
