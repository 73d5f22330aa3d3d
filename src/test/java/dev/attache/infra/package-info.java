/** The scripts in {@code infra}, run with a fake {@code aws} command. */
@NullMarked
package dev.attache.infra;

import org.jspecify.annotations.NullMarked;
