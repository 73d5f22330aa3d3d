/**
 * The scripts in {@code infra}, run with a fake {@code aws} command; what the other files there repeat; and the image.
 */
@NullMarked
package dev.attache.infra;

import org.jspecify.annotations.NullMarked;
